package io.psconnect.winrm.internal.auth.kerberos;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock here and another's: Kerberos is for those that agree. */
final class Clocks {

  /** As much as clocks may differ by default (RFC 4120, 3.1.3). */
  static final Duration ALLOWED = Duration.ofMinutes(5);

  private Clocks() {}

  /** Whether they differ by more than Kerberos allows by default. */
  static boolean differ(Instant other) {
    return Duration.between(other, Instant.now()).abs().compareTo(ALLOWED) > 0;
  }

  /** What both say, and what to do. */
  static String words(String owner, Instant other) {
    return "the clocks differ too much: %s says %s, the one here says %s, and Kerberos allows %d"
            .formatted(owner, shown(other), shown(Instant.now()), ALLOWED.toMinutes())
        + " minutes; set the wrong one right";
  }

  /** The same if nobody has told what the other says. */
  static String words(String owner) {
    return "the clocks differ too much: the one here says %s, %s says another time, and Kerberos"
            .formatted(shown(Instant.now()), owner)
        + " allows %d minutes; set the wrong one right".formatted(ALLOWED.toMinutes());
  }

  /** To the second. */
  static String shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
