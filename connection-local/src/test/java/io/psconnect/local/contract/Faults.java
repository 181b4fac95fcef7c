package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.ScriptState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** The kinds of fault that {@link WrongConnections} are made with. */
final class Faults {
  private Faults() {}

  interface Call {
    Result run(Connection right, Script script) throws ConnectionException, InterruptedException;
  }

  interface Copy {
    void run(Connection right, FileCopy copy)
        throws IOException, ConnectionException, InterruptedException;
  }

  /** Runs scripts in another way. */
  static UnaryOperator<Connection> running(Call call) {
    return right ->
        new Forwarding(right) {
          @Override
          public Result runScript(Script script) throws ConnectionException, InterruptedException {
            return call.run(right, script);
          }
        };
  }

  /** Copies files in another way. */
  static UnaryOperator<Connection> copying(Copy copying) {
    return right ->
        new Forwarding(right) {
          @Override
          public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
            try {
              copying.run(right, copy);
            } catch (ConnectionException e) {
              throw e;
            } catch (IOException e) {
              throw new ConnectionException(
                  new Origin(right.backend(), "", Phase.COPY), ScriptState.NOT_STARTED, "" + e, e);
            }
          }
        };
  }

  /** Gives this answer to any script, without a PowerShell. */
  static UnaryOperator<Connection> says(int exitCode, String stdout) {
    return running((right, script) -> Result.of(exitCode, stdout, ""));
  }

  /** Never gives an answer, until it is closed. */
  static UnaryOperator<Connection> hanging() {
    return right -> {
      CountDownLatch closed = new CountDownLatch(1);
      return new Forwarding(right) {
        @Override
        public Result runScript(Script script) throws InterruptedException {
          closed.await();
          throw new IllegalStateException("closed");
        }

        @Override
        public void close() {
          closed.countDown();
          super.close();
        }
      };
    };
  }

  static UnaryOperator<Connection> result(UnaryOperator<Result> change) {
    return running((right, script) -> change.apply(right.runScript(script)));
  }

  static UnaryOperator<Connection> stdout(UnaryOperator<String> change) {
    return result(result -> with(result, change.apply(result.stdout()), result.stderr()));
  }

  static UnaryOperator<Connection> stderr(UnaryOperator<String> change) {
    return result(result -> with(result, result.stdout(), change.apply(result.stderr())));
  }

  private static Result with(Result result, String stdout, String stderr) {
    return Result.of(result.exitCode(), stdout, stderr);
  }

  static UnaryOperator<Connection> script(UnaryOperator<Script> change) {
    return running((right, script) -> right.runScript(change.apply(script)));
  }

  static UnaryOperator<Connection> text(UnaryOperator<String> change) {
    return script(script -> withText(script, change.apply(script.text())));
  }

  /** The same script but for its text. */
  static Script withText(Script script, String text) {
    Script other =
        Script.of(text)
            .withInput(script.input())
            .withListener(script.listener())
            .withCarrier(script.carrier())
            .withOutputLimit(script.outputLimit());
    return script.timeout().map(other::withTimeout).orElse(other);
  }

  static UnaryOperator<Connection> input(UnaryOperator<byte[]> change) {
    return script(
        script ->
            script.withInput(() -> new ByteArrayInputStream(change.apply(bytes(script.input())))));
  }

  static byte[] bytes(ScriptInput input) throws IOException {
    try (InputStream stream = input.open()) {
      return stream.readAllBytes();
    }
  }

  static UnaryOperator<Connection> target(UnaryOperator<String> change) {
    return copying(
        (right, copy) ->
            right.streamFile(
                FileCopy.of(copy.source(), change.apply(copy.target()))
                    .withListener(copy.listener())));
  }

  /** Writes to the target under its own name. */
  static UnaryOperator<Connection> writingStraightToTheTarget(OpenOption... options) {
    return copying(
        (right, copy) -> {
          byte[] content = Files.readAllBytes(copy.source());
          Files.write(Path.of(copy.target()), content, options);
          copy.listener().onProgress(content.length, content.length);
          if (Thread.interrupted()) {
            throw new InterruptedException("after the file was written");
          }
        });
  }

  static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
  }

  static String ascii(String text) {
    return new String(text.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }
}
