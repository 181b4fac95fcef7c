package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.SessionDroppedException;
import io.psconnect.ScriptState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What calls belong to: it names the backend, and may end while they wait. */
final class Session {
  private final String backend;
  private final CompletableFuture<String> end = new CompletableFuture<>();

  Session(String backend) {
    this.backend = backend;
  }

  Origin origin(Phase phase) {
    return new Origin(backend, "", phase);
  }

  /** Lets every call that waits fail for this reason, and every call that comes after. */
  void end(String reason) {
    end.complete(reason);
  }

  /** Waits, zero included, and fails at once if the session ends. */
  void await(Duration delay, Phase phase, ScriptState state)
      throws ConnectionException, InterruptedException {
    try {
      String reason = end.get(TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
      throw new SessionDroppedException(origin(phase), state, reason, null);
    } catch (TimeoutException e) {
      // The time is over, and the session goes on.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session ends with a reason", e);
    }
  }
}
