package io.psconnect.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.testkit.winrm.WinRmHost;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate of the user's own, made by openssl, that the host maps to the user. */
class CertificateContract extends WinRmContract {
  private final String shown;

  /** Made for the user {@code admin}, whom the host knows, and for {@code stranger}. */
  CertificateContract(String shown) {
    this.shown = shown;
  }

  @Override
  void offer(WinRmHost.Builder builder) throws Exception {
    make("stranger");
    make(USER);
    builder.https().clientCertificate(certificate(USER), USER);
  }

  private void make(String name) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                key(name).toString(),
                "-out",
                pem(name).toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes());
    assertEquals(0, openssl.waitFor(), output);
  }

  private Path key(String name) {
    return Path.of(remoteFolder(), name + ".key");
  }

  private Path pem(String name) {
    return Path.of(remoteFolder(), name + ".pem");
  }

  private X509Certificate certificate(String name) throws Exception {
    try (InputStream in = Files.newInputStream(pem(name))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options
        .auth(WinRmAuth.CERTIFICATE)
        .clientCertificate(pem(shown))
        .clientKey(key(shown))
        .caBundle(host.writeCaBundle(Path.of(remoteFolder(), "ca.pem")));
  }
}
