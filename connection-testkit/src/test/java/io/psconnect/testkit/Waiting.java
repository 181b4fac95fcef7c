package io.psconnect.testkit;

import java.util.function.BooleanSupplier;

/** Waits for a condition, and ends with the test's time limit, which interrupts. */
final class Waiting {
  private Waiting() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("what was waited for did not come");
      }
      Thread.onSpinWait();
    }
  }
}
