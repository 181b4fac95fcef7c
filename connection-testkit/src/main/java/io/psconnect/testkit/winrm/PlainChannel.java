package io.psconnect.testkit.winrm;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** TCP without TLS. */
final class PlainChannel implements Gate.Channel {
  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public Optional<byte[]> binding() {
    return Optional.empty();
  }

  @Override
  public Optional<X509Certificate> clientCertificate() {
    return Optional.empty();
  }
}
