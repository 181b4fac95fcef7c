package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import java.time.Duration;
import java.util.Optional;
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

  boolean hasEnded() {
    return end.isDone();
  }

  /**
   * Waits, and fails at once if the session ends.
   *
   * @param timeout how long the call may take
   * @return false if the timeout passed before the delay
   */
  boolean await(Duration delay, Optional<Duration> timeout, Phase phase, ScriptState state)
      throws ConnectionException, InterruptedException {
    Duration allowed = timeout.filter(limit -> limit.compareTo(delay) < 0).orElse(delay);
    try {
      String reason = end.get(TimeUnit.NANOSECONDS.convert(allowed), TimeUnit.NANOSECONDS);
      throw new SessionDroppedException(origin(phase), state, reason, null);
    } catch (TimeoutException e) {
      return allowed.equals(delay);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session ends with a reason", e);
    }
  }
}
