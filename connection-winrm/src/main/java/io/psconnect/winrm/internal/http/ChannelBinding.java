package io.psconnect.winrm.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** What ties a login to the TLS connection that it was made on (RFC 5929, 4). */
final class ChannelBinding {
  private static final byte[] PREFIX = "tls-server-end-point:".getBytes(StandardCharsets.US_ASCII);
  private static final String PSS = "RSASSA-PSS";

  private ChannelBinding() {}

  static Optional<byte[]> of(SSLSession session) throws SSLPeerUnverifiedException {
    return of((X509Certificate) session.getPeerCertificates()[0]);
  }

  /**
   * @return empty where the RFC defines none: a signature without a hash of its own, as Ed25519's
   */
  static Optional<byte[]> of(X509Certificate certificate) {
    try {
      Optional<String> hash = signatureHash(certificate).map(ChannelBinding::strongEnough);
      if (hash.isEmpty()) {
        return Optional.empty();
      }
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      data.writeBytes(PREFIX);
      data.writeBytes(MessageDigest.getInstance(hash.get()).digest(certificate.getEncoded()));
      return Optional.of(data.toByteArray());
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> signatureHash(X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = certificate.getSigAlgName();
    if (algorithm.equals(PSS)) {
      return Optional.of(pssHash(certificate.getSigAlgParams()));
    }
    int end = algorithm.toUpperCase(Locale.ROOT).indexOf("WITH");
    return end < 0 ? Optional.empty() : Optional.of(algorithm.substring(0, end));
  }

  private static String pssHash(byte[] encoded) throws GeneralSecurityException {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
      parameters.init(encoded);
      return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** MD5 and SHA-1 are replaced by SHA-256. */
  private static String strongEnough(String hash) {
    return switch (hash.toUpperCase(Locale.ROOT)) {
      case "MD5", "SHA1", "SHA-1" -> "SHA-256";
      default -> hash.replaceFirst("^SHA(\\d)(?!-)", "SHA-$1");
    };
  }
}
