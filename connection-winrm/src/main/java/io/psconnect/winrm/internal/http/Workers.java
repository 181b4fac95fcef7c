package io.psconnect.winrm.internal.http;

import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what blocks and cannot be interrupted (names, sockets), so that those who wait for it
 * can be. A thread without work ends after a moment.
 */
final class Workers implements AutoCloseable {
  private static final String CLOSED = "the connection was closed meanwhile";
  private static final int IDLE_SECONDS = 5;
  private static final int LEAVING_SECONDS = 1;
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Workers::thread);

  /** Work on a socket, which fails soon after the socket was closed. */
  interface Work<T> {
    T run() throws IOException;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "psconnect-winrm-http-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Waits for the work's outcome.
   *
   * @param abandon makes the work fail
   * @throws TimeoutException if the deadline passed; the work was abandoned, and has failed, or has
   *     not heard of it within a second
   */
  <T> T await(Work<T> work, Runnable abandon, Deadline deadline)
      throws IOException, InterruptedException, TimeoutException {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    awaited.add(outcome);
    try {
      start(() -> settle(work, outcome));
      return outcome.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      abandon.run();
      throw e;
    } catch (TimeoutException e) {
      abandon.run();
      return leaving(outcome, e);
    } finally {
      awaited.remove(outcome);
    }
  }

  private void start(Runnable work) throws IOException {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      throw new IOException(CLOSED, e);
    }
  }

  private static <T> void settle(Work<T> work, CompletableFuture<T> outcome) {
    try {
      outcome.complete(work.run());
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  /** An answer that came in the last moment counts. */
  private static <T> T leaving(CompletableFuture<T> outcome, TimeoutException timeout)
      throws InterruptedException, TimeoutException {
    try {
      return outcome.get(LEAVING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      timeout.addSuppressed(e.getCause());
      throw timeout;
    }
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof IOException e) {
      return e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  /** Whoever waits is told; a look-up of a name cannot be stopped, and is left alone. */
  @Override
  public void close() {
    executor.shutdownNow();
    awaited.forEach(outcome -> outcome.completeExceptionally(new IOException(CLOSED)));
  }
}
