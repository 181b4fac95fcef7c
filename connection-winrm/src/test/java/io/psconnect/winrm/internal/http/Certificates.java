package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, made by the JDK's keytool. */
final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path directory;

  Certificates(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes one.
   *
   * @param options beyond the name and the store
   */
  void make(String name, String... options) throws IOException, InterruptedException {
    generate(name, "it", List.of(options));
  }

  /** Makes one that is signed by another, which is in {@link #issuerFile}. */
  void makeIssued(String name, String... options) throws IOException, InterruptedException {
    generate(name, "issuer", List.of("-keyalg", "EC", "-ext", "bc:c"));
    List<String> signed = new ArrayList<>(List.of(options));
    signed.addAll(List.of("-signer", "issuer"));
    generate(name, "it", signed);
  }

  private void generate(String name, String alias, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-storetype", "PKCS12"));
    command.addAll(
        List.of(
            "-dname",
            "CN=" + name + ("it".equals(alias) ? "" : " issuer"),
            "-storepass",
            PASSWORD));
    command.addAll(List.of("-keystore", store(name).toString()));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  private KeyStore load(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  X509Certificate certificate(String name) throws Exception {
    return (X509Certificate) load(name).getCertificate("it");
  }

  Path certificateFile(String name) throws Exception {
    return pem(name + ".crt", "CERTIFICATE", certificate(name).getEncoded());
  }

  Path issuerFile(String name) throws Exception {
    return pem(name + ".ca", "CERTIFICATE", load(name).getCertificate("issuer").getEncoded());
  }

  Path keyFile(String name) throws Exception {
    byte[] key = load(name).getKey("it", PASSWORD.toCharArray()).getEncoded();
    return pem(name + ".key", "PRIVATE KEY", key);
  }

  private Path pem(String file, String label, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(file),
        "Some words.\n-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text));
  }

  /** A host with this certificate. */
  ScriptedHost host(String name, ScriptedHost.Behaviour behaviour) throws Exception {
    return new ScriptedHost(server(context(name, null)), behaviour);
  }

  /** A host that lets in only the client with that certificate. */
  ScriptedHost host(String name, String client, ScriptedHost.Behaviour behaviour) throws Exception {
    SSLServerSocket server = server(context(name, client));
    server.setNeedClientAuth(true);
    return new ScriptedHost(server, behaviour);
  }

  private static SSLServerSocket server(SSLContext context) throws IOException {
    ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    return (SSLServerSocket) server;
  }

  private SSLContext context(String name, String client) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(name), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys.getKeyManagers(),
        client == null ? null : trust(certificate(client)).getTrustManagers(),
        null);
    return context;
  }

  private static TrustManagerFactory trust(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("it", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }
}
