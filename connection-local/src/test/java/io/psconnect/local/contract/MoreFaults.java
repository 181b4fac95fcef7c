package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.OutputListener;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Faults that take more than a line, each used by one of {@link WrongConnections}. */
final class MoreFaults {
  private static final Origin ORIGIN = new Origin("local", "", Phase.RUN);

  private MoreFaults() {}

  static Result runningAgainAfterFailure(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    Result result = right.runScript(script);
    return result.succeeded() ? result : right.runScript(script);
  }

  // ---- input

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
    Result result =
        right.runScript(script.withInput(() -> noticingItsEnd(script.input(), ended)));
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
    return right.runScript(script.withInput(() -> new ByteArrayInputStream(Faults.bytes(script.input()))));
  }

  // ---- output

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

  // ---- time

  static Script withoutTimeout(Script script) {
    return script.withTimeout(Duration.ofDays(1));
  }

  static Result timingOutAtOnce(Connection right, Script script) throws ConnectionException {
    throw timeout(script, Termination.NOT_NEEDED);
  }

  private static ConnectionTimeoutException timeout(Script script, Termination termination) {
    return new ConnectionTimeoutException(
        ORIGIN,
        ScriptState.MAY_HAVE_RUN,
        termination,
        "did not end within " + script.timeout().orElseThrow());
  }

  static Result leavingLateScripts(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    if (script.timeout().isEmpty()) {
      return right.runScript(script);
    }
    try {
      return inBackground(right, withoutTimeout(script))
          .get(script.timeout().get().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw timeout(script, Termination.UNCONFIRMED);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  static Result leavingInterrupted(Connection right, Script script) throws InterruptedException {
    try {
      return inBackground(right, script).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Result> inBackground(Connection right, Script script) {
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(right.runScript(script));
              } catch (ConnectionException | InterruptedException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  static Connection brokenByTimeout(Connection right) {
    AtomicBoolean broken = new AtomicBoolean();
    return Faults.running(
            (connection, script) -> {
              if (broken.get()) {
                throw new SessionDroppedException(
                    ORIGIN, ScriptState.MAY_HAVE_RUN, "broken since a timeout", null);
              }
              try {
                return connection.runScript(script);
              } catch (ConnectionTimeoutException e) {
                broken.set(true);
                throw e;
              }
            })
        .apply(right);
  }

  static Result failingAtLongTimeouts(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    if (script.timeout().orElse(Duration.ZERO).toHours() > 0) {
      throw timeout(script, Termination.CONFIRMED);
    }
    return right.runScript(script);
  }

  static Result silentlyInterrupted(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    try {
      return right.runScript(script);
    } catch (InterruptedException e) {
      throw new InterruptedException();
    }
  }

  static Result forgettingInterruption(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    boolean interrupted = Thread.interrupted();
    Result result = right.runScript(script);
    if (interrupted) {
      throw new InterruptedException("after the script had run");
    }
    return result;
  }

  static Connection oneAtATime(Connection right) {
    ReentrantLock lock = new ReentrantLock();
    return Faults.running(
            (connection, script) -> {
              lock.lockInterruptibly();
              try {
                return connection.runScript(script);
              } finally {
                lock.unlock();
              }
            })
        .apply(right);
  }

  // ---- files

  static void copyingText(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    Path text = Files.createTempFile("psconnect-wrong", ".txt");
    try {
      Files.write(text, asText(Files.readAllBytes(copy.source())));
      right.streamFile(text, copy.target());
    } finally {
      Files.delete(text);
    }
  }

  static void makingNoFolder(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    if (!Files.exists(Path.of(copy.target()).getParent())) {
      throw new FileCopyException(ORIGIN, "no such folder: " + copy.target(), null);
    }
    right.streamFile(copy);
  }

  static void copyingWhatHasBytes(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    if (Files.size(copy.source()) > 0) {
      right.streamFile(copy);
    }
  }

  static void tellingOfHalf(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    right.streamFile(
        copy.withListener(
            (transferred, total) -> {
              if (transferred <= total / 2) {
                copy.listener().onProgress(transferred, total);
              }
            }));
  }

  static void copyingIntoFolder(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    boolean folder = Files.isDirectory(Path.of(copy.target()));
    String name = folder ? "/" + copy.source().getFileName() : "";
    right.streamFile(copy.source(), copy.target() + name);
  }

  static void hidingFailure(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    try {
      right.streamFile(copy);
    } catch (FileCopyException e) {
      // That is the fault.
    }
  }

  static Connection brokenByFailedCopy(Connection right) {
    AtomicBoolean broken = new AtomicBoolean();
    return Faults.copying(
            (connection, copy) -> {
              if (broken.get()) {
                throw new FileCopyException(ORIGIN, "broken since a failed copy", null);
              }
              try {
                connection.streamFile(copy);
              } catch (FileCopyException e) {
                broken.set(true);
                throw e;
              }
            })
        .apply(right);
  }

  // ---- arguments and secrets

  static Result runningNothing(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    return script == null ? Result.of(0, "", "") : right.runScript(script);
  }

  static void copyingNothing(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    if (copy != null) {
      right.streamFile(copy);
    }
  }

  static Result showingInputInTheScript(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    try {
      String input = new String(Faults.bytes(script.input()), StandardCharsets.UTF_8);
      return right.runScript(Faults.withText(script, "# " + input + "\n" + script.text()));
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Result repeatingTheScript(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    try {
      return right.runScript(script);
    } catch (ConnectionTimeoutException e) {
      throw new ConnectionTimeoutException(
          e.origin(), e.scriptState(), e.termination(), "too long: " + script.text());
    }
  }
}
