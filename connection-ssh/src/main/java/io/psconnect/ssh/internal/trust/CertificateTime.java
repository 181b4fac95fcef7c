package io.psconnect.ssh.internal.trust;

import java.time.Instant;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/** When a certificate holds, a host's or a user's. */
public final class CertificateTime {
  private CertificateTime() {}

  /**
   * Judges it now.
   *
   * @param certificate of any type
   * @return why it does not hold; empty if it does
   */
  public static Optional<String> flaw(OpenSshCertificate certificate) {
    return OpenSshCertificate.isValidNow(certificate)
        ? Optional.empty()
        : Optional.of(
            "it is valid from %s to %s only"
                .formatted(text(certificate.getValidAfter()), text(certificate.getValidBefore())));
  }

  private static String text(long seconds) {
    boolean far = seconds < 0 || seconds > Instant.MAX.getEpochSecond();
    return far ? "any time" : Instant.ofEpochSecond(seconds).toString();
  }
}
