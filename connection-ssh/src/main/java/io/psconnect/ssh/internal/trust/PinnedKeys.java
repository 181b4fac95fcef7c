package io.psconnect.ssh.internal.trust;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/** Takes keys by their fingerprints. */
record PinnedKeys(String host, List<String> fingerprints) implements Trust {
  @Override
  public Optional<String> refusal(PublicKey shown) {
    HostKey key = HostKey.of(shown);
    return fingerprints.contains(key.fingerprint()) ? Optional.empty() : Optional.of(mismatch(key));
  }

  private String mismatch(HostKey key) {
    return "host key of %s: expected %s, got %s"
            .formatted(host, String.join(" or ", fingerprints), key)
        + ". If the host was reinstalled or has keys of several types, compare this fingerprint"
        + " with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub, there) and pin it;"
        + " if it is not the host's, somebody stands between you and it";
  }

  /** Ed25519 first, which OpenSSH shows too, so that this is the fingerprint people know. */
  @Override
  public boolean expects(HostKeyAlgorithm algorithm) {
    return algorithm.keyType().equals("ssh-ed25519");
  }
}
