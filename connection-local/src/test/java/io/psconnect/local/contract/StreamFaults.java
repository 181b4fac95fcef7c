package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.OutputListener;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Faults of input and output that take more than a line. */
final class StreamFaults {
  private static final Origin ORIGIN = new Origin("local", "", Phase.RUN);

  private StreamFaults() {}

  static byte[] inCodePage(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] asText(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
  }

  /** Its end comes when the reader is gone. */
  static Script withEndlessInput(Script script) {
    CountDownLatch closed = new CountDownLatch(1);
    return script.withInput(
        () ->
            new InputStream() {
              @Override
              public int read() throws IOException {
                try {
                  closed.await();
                  return -1;
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }

              @Override
              public void close() {
                closed.countDown();
              }
            });
  }

  static Result needingAllInputRead(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    AtomicBoolean ended = new AtomicBoolean();
    Result result = right.runScript(script.withInput(() -> noticingItsEnd(script.input(), ended)));
    if (!ended.get()) {
      throw new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "broken pipe", null);
    }
    return result;
  }

  private static InputStream noticingItsEnd(ScriptInput input, AtomicBoolean ended)
      throws IOException {
    return new FilterInputStream(input.open()) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        ended.compareAndSet(false, count < 0);
        return count;
      }
    };
  }

  static Script withoutInputThatFails(Script script) {
    return script.withInput(
        () -> {
          try {
            return script.input().open();
          } catch (IOException e) {
            return InputStream.nullInputStream();
          }
        });
  }

  static Result gatheringInput(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    return right.runScript(
        script.withInput(() -> new ByteArrayInputStream(Faults.bytes(script.input()))));
  }

  static Script tellingOfStdoutAlone(Script script) {
    OutputListener listener = script.listener();
    return script.withListener(
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            listener.onStdout(chunk);
          }
        });
  }

  static Result tellingAtTheEnd(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    Result result = right.runScript(script.withListener(new OutputListener() {}));
    script.listener().onStdout(ByteBuffer.wrap(result.stdoutBytes()));
    return result;
  }

  static Script deafToFailures(Script script) {
    OutputListener listener = script.listener();
    return script.withListener(
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            try {
              listener.onStdout(chunk);
            } catch (RuntimeException e) {
              // That is the fault.
            }
          }
        });
  }
}
