package io.psconnect.ssh;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what should come soon. */
public final class Waiting {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Waiting() {}

  /** Returns when the condition holds; fails after half a minute. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited %d s: %s".formatted(PATIENCE.toSeconds(), what));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
