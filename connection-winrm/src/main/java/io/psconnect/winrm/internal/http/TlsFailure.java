package io.psconnect.winrm.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why TLS did not come about, in words that help. */
final class TlsFailure {
  private static final int MOST_CAUSES = 10;
  private static final int MOST_NAMES = 10;

  private final HttpSettings settings;
  private final IOException failure;
  private final RawSocket socket;
  private final Optional<X509Certificate> seen;

  TlsFailure(
      HttpSettings settings,
      IOException failure,
      RawSocket socket,
      Optional<X509Certificate> seen) {
    this.settings = settings;
    this.failure = failure;
    this.socket = socket;
    this.seen = seen;
  }

  String words() {
    if (socket.speaksHttp()) {
      return "port %d speaks plain HTTP, and was spoken to in TLS; turn TLS off, or use the port of"
              .formatted(settings.port())
          + " WinRM's HTTPS listener (5986)";
    }
    return isCertificate() ? certificate(seen.orElseThrow()) : protocol();
  }

  /** Whether it is the host's certificate that is not believed. */
  boolean isCertificate() {
    return seen.isPresent() && has(CertificateException.class);
  }

  private String certificate(X509Certificate certificate) {
    if (has(PinMismatchException.class)) {
      return find(PinMismatchException.class).orElseThrow().getMessage()
          + "; if the host's certificate was renewed, pin the new one";
    }
    if (has(CertificateExpiredException.class)) {
      return "the host's certificate expired on %s (by this machine's clock); renew it%s"
          .formatted(certificate.getNotAfter().toInstant(), identity(certificate));
    }
    if (has(CertificateNotYetValidException.class)) {
      return "the host's certificate is valid from %s only; look at this machine's clock%s"
          .formatted(certificate.getNotBefore().toInstant(), identity(certificate));
    }
    return has(CertPathBuilderException.class) || has(CertPathValidatorException.class)
        ? untrusted(certificate)
        : misnamed(certificate);
  }

  private static String untrusted(X509Certificate certificate) {
    return "the host's certificate is not trusted: it was issued by '%s', which leads to no trusted"
            .formatted(Shown.of(certificate.getIssuerX500Principal().getName()))
        + " root; name a file with the root, or pin the certificate"
        + identity(certificate);
  }

  private String misnamed(X509Certificate certificate) {
    return "the host's certificate is for %s, and not for '%s'; use a name that it has, or pin it%s"
        .formatted(names(certificate), settings.host(), identity(certificate));
  }

  private static String names(X509Certificate certificate) {
    String names = alternatives(certificate).limit(MOST_NAMES).collect(Collectors.joining(", "));
    return Shown.of(
        names.isEmpty() ? "'" + certificate.getSubjectX500Principal().getName() + "'" : names);
  }

  private static Stream<String> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Stream.empty()
          : names.stream().filter(n -> n.get(1) instanceof String).map(n -> "'" + n.get(1) + "'");
    } catch (CertificateException e) {
      return Stream.empty();
    }
  }

  private static String identity(X509Certificate certificate) {
    try {
      return " (its SHA-256 fingerprint is %s)".formatted(Fingerprint.of(certificate));
    } catch (CertificateEncodingException e) {
      return "";
    }
  }

  private String protocol() {
    String why = Shown.of(String.valueOf(failure.getMessage()));
    if (has(EOFException.class)) {
      return "the host has closed the connection instead of speaking TLS (%s); is port %d an HTTPS"
              .formatted(why, settings.port())
          + " listener, and has it a certificate?";
    }
    return "TLS 1.2 or later did not come about: %s; is port %d WinRM's HTTPS listener (5986)?"
        .formatted(why, settings.port());
  }

  private boolean has(Class<? extends Throwable> type) {
    return find(type).isPresent();
  }

  private <T extends Throwable> Optional<T> find(Class<T> type) {
    return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
        .limit(MOST_CAUSES)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
