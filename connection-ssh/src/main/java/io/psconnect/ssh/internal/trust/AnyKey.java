package io.psconnect.ssh.internal.trust;

import java.security.PublicKey;
import java.util.Optional;

/** Takes whatever comes. */
final class AnyKey implements Trust {
  @Override
  public Optional<String> refusal(PublicKey shown) {
    return Optional.empty();
  }

  @Override
  public boolean expects(HostKeyAlgorithm algorithm) {
    return false;
  }
}
