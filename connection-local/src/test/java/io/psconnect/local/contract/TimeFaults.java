package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Faults of timeouts, interruption and concurrency that take more than a line. */
final class TimeFaults {
  private static final Origin ORIGIN = new Origin("local", "", Phase.RUN);

  private TimeFaults() {}

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
}
