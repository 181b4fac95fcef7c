package io.psconnect.winrm.internal.http;

import java.security.cert.CertificateException;
import java.util.Set;
import java.util.TreeSet;

/** The host has another certificate than those that were named. */
final class PinMismatchException extends CertificateException {
  private static final long serialVersionUID = 1;

  PinMismatchException(Set<String> expected, String got) {
    super(
        "expected a certificate with the SHA-256 fingerprint %s, got %s"
            .formatted(String.join(" or ", new TreeSet<>(expected)), got));
  }
}
