package io.psconnect.spi;

import java.time.Duration;

/** A moment by which something has to be done, or never. Immutable. */
public final class Deadline {
  private static final Duration NONE = Duration.ofNanos(Long.MAX_VALUE);

  private final Duration allowed;
  private final long startNanos = System.nanoTime();

  private Deadline(Duration allowed) {
    this.allowed = allowed;
  }

  /**
   * A moment from now.
   *
   * @param allowed the time until then; {@link Duration#ZERO} means that there is no deadline
   * @return the deadline
   * @throws IllegalArgumentException if the time is negative
   */
  public static Deadline after(Duration allowed) {
    OptionChecks.timeout("timeout", allowed);
    return allowed.isZero() || allowed.compareTo(NONE) > 0 ? none() : new Deadline(allowed);
  }

  /**
   * No deadline.
   *
   * @return one that does not pass
   */
  public static Deadline none() {
    return new Deadline(NONE);
  }

  /**
   * The time that was allowed.
   *
   * @return from the start; some 292 years where there is no deadline
   */
  public Duration allowed() {
    return allowed;
  }

  /**
   * The time that is left.
   *
   * @return nanoseconds, zero when the deadline has passed
   */
  public long remainingNanos() {
    return Math.max(0, allowed.toNanos() - elapsed().toNanos());
  }

  /**
   * The time that has gone since this deadline was made.
   *
   * @return zero or more
   */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * Whether the deadline has passed.
   *
   * @return true if no time is left
   */
  public boolean hasPassed() {
    return remainingNanos() == 0;
  }
}
