package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** By what a host is known over TLS. */
final class HostIdentity {
  private static final long PATIENCE = 60;

  private final KeyStore keys;
  private final char[] password;

  private HostIdentity(KeyStore keys, char[] password) {
    this.keys = keys;
    this.password = password;
  }

  static HostIdentity of(KeyStore keys, char[] password) {
    return new HostIdentity(keys, password.clone());
  }

  /** Java has no public way to make a certificate but the tool that comes with it. */
  static HostIdentity selfSigned() throws IOException {
    Path folder = Files.createTempDirectory("psconnect-winrmhost");
    Path file = folder.resolve("host.p12");
    String password = UUID.randomUUID().toString();
    try {
      runKeytool(file, password);
      return load(file, password.toCharArray());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void runKeytool(Path file, String password) throws IOException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "host",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-sigalg",
            "SHA256withRSA",
            "-validity",
            "2",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass:env",
            "STOREPASS",
            "-keystore",
            file.toString());
    keytool.environment().put("STOREPASS", password);
    keytool.redirectErrorStream(true);
    awaitEnd(keytool.start());
  }

  private static void awaitEnd(Process keytool) throws IOException {
    keytool.getOutputStream().close();
    String output = new String(keytool.getInputStream().readAllBytes());
    try {
      if (!keytool.waitFor(PATIENCE, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new IOException("keytool could not make a certificate: " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool made a certificate", e);
    }
  }

  private static HostIdentity load(Path file, char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password);
      return new HostIdentity(keys, password);
    } catch (GeneralSecurityException e) {
      throw new IOException("what keytool has made cannot be read", e);
    }
  }

  /** Of the first key. */
  X509Certificate certificate() throws GeneralSecurityException {
    for (String alias : Collections.list(keys.aliases())) {
      List<Certificate> chain =
          keys.isKeyEntry(alias) ? List.of(keys.getCertificateChain(alias)) : List.of();
      if (!chain.isEmpty() && chain.get(0) instanceof X509Certificate certificate) {
        return certificate;
      }
    }
    throw new GeneralSecurityException("the key store has no key with an X.509 certificate");
  }

  SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
    return context;
  }

  /** TLS lets any certificate pass; the gate knows whose they are. */
  private static final class AnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("a host meets no servers");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
