package io.psconnect.ssh.internal.sftp;

import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what others do, until a deadline, or until the thread is interrupted. */
record Patience(Deadline deadline) {

  Patience atMost(Duration duration) {
    return deadline.remainingNanos() < duration.toNanos()
        ? this
        : new Patience(Deadline.after(duration));
  }

  <T> T await(CompletableFuture<T> event)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return event.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
    }
  }

  /** For whoever has nothing to wait for. */
  void check() throws TimeoutException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (deadline.hasPassed()) {
      throw new TimeoutException();
    }
  }
}
