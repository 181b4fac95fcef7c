package io.psconnect.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes an interruption of the end of the JVM (Ctrl-C, SIGTERM): the calling thread is interrupted,
 * so that the call under way ends its remote process, and the JVM waits until it has.
 */
final class ShutdownInterrupt implements AutoCloseable {
  private static final long GRACE_SECONDS = 15;

  private final Thread caller = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interruptCaller, "connection-shutdown");
  private boolean armed;

  /** From now on there may be a remote process to end. Until then the JVM ends at once. */
  void arm() {
    if (!armed) {
      Runtime.getRuntime().addShutdownHook(hook);
      armed = true;
    }
  }

  private void interruptCaller() {
    caller.interrupt();
    try {
      finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // The JVM ends in any case.
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook has what it waited for.
    }
  }
}
