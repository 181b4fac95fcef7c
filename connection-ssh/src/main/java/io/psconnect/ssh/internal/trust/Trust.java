package io.psconnect.ssh.internal.trust;

import java.security.PublicKey;
import java.util.Optional;

/** Which keys are taken for a host's. */
interface Trust {
  /**
   * Judges the key that a host shows, which it has proved to hold.
   *
   * @return why it is refused; empty if it is taken
   */
  Optional<String> refusal(PublicKey shown);

  /** Whether a host key algorithm is of a key that would be taken, and so is asked for first. */
  boolean expects(HostKeyAlgorithm algorithm);

  /** Whether certificates can be judged. */
  default boolean readsCertificates() {
    return false;
  }
}
