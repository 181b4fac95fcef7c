package io.psconnect;

import java.time.Duration;
import java.util.Objects;

/** What a timeout may be. */
final class Timeouts {
  private Timeouts() {}

  static Duration requirePositive(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "timeout is %s; it must be more than zero".formatted(timeout));
    }
    return timeout;
  }
}
