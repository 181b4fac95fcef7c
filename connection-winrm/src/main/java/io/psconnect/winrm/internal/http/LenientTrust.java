package io.psconnect.winrm.internal.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes the certificates that it was told of, or any; who has signed them does not matter. */
final class LenientTrust extends X509ExtendedTrustManager {
  private final Set<String> fingerprints;

  /**
   * @param fingerprints as {@link Fingerprint} writes them; empty for any certificate
   */
  LenientTrust(Set<String> fingerprints) {
    this.fingerprints = fingerprints;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    String got = Fingerprint.of(chain[0]);
    if (!fingerprints.isEmpty() && !fingerprints.contains(got)) {
      throw new PinMismatchException(fingerprints, got);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw onlyHosts();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw onlyHosts();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw onlyHosts();
  }

  private static CertificateException onlyHosts() {
    return new CertificateException("this is for hosts, not for clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
