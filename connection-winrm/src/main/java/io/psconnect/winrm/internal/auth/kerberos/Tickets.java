package io.psconnect.winrm.internal.auth.kerberos;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.DestroyFailedException;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;

/** The Kerberos tickets of a subject. */
final class Tickets {

  private Tickets() {}

  /** Whether the ticket that grants tickets lasts long enough to be used for a login now. */
  static boolean lastAWhile(Subject subject) {
    Instant needed = Instant.now().plus(Clocks.ALLOWED);
    return granting(subject)
        .map(ticket -> ticket.getEndTime().toInstant().isAfter(needed))
        .orElse(false);
  }

  /** Whether the host can be given a ticket of its own in the user's name. */
  static boolean canBeForwarded(Subject subject) {
    return granting(subject).map(KerberosTicket::isForwardable).orElse(false);
  }

  private static Optional<KerberosTicket> granting(Subject subject) {
    return all(subject).stream()
        .filter(ticket -> !ticket.isDestroyed())
        .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
        .findFirst();
  }

  static void destroy(Subject subject) {
    for (KerberosTicket ticket : all(subject)) {
      try {
        ticket.destroy();
      } catch (DestroyFailedException e) {
        System.getLogger(Tickets.class.getName())
            .log(System.Logger.Level.DEBUG, "A Kerberos ticket could not be destroyed", e);
      }
    }
  }

  /** A copy, made by the subject itself. */
  private static Set<KerberosTicket> all(Subject subject) {
    return subject.getPrivateCredentials(KerberosTicket.class);
  }
}
