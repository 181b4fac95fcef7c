package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates, most of which sign themselves, made by openssl. */
public final class Certificates {
  private static final String[] EC = {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"};
  private static final char[] NONE = {};

  private final Path directory;

  public Certificates(Path directory) {
    this.directory = directory;
  }

  /** Makes one with a key on P-256, and perhaps an alternative name. */
  public void make(String name, String... alternatives) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of(EC));
    for (String alternative : alternatives) {
      options.addAll(List.of("-addext", "subjectAltName=" + alternative));
    }
    makeWith(name, options.toArray(new String[0]));
  }

  /** Makes one with this kind of key, and further options. */
  void makeWith(String name, String... options) throws IOException, InterruptedException {
    request(name, file(name, "crt"), Stream.of("-x509", "-days", "30"), options);
  }

  /** Makes one that expired yesterday, and its issuer, which is valid. */
  public void makeExpired(String name, String alternative)
      throws IOException, InterruptedException {
    makeWith(name + "-issuer", EC);
    String request = file(name, "csr");
    request(name, request, Stream.of("-addext", "subjectAltName=" + alternative), EC);
    List<String> signing = new ArrayList<>(List.of("x509", "-req", "-days", "-1", "-in", request));
    signing.addAll(List.of("-CA", file(name + "-issuer", "crt"), "-CAcreateserial"));
    signing.addAll(List.of("-CAkey", file(name + "-issuer", "key")));
    signing.addAll(List.of("-copy_extensions", "copyall", "-out", file(name, "crt")));
    openssl(signing);
  }

  private void request(String name, String out, Stream<String> more, String... key)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("req", "-new", "-nodes", "-subj", "/CN=" + name));
    command.addAll(List.of("-keyout", file(name, "key"), "-out", out));
    command.addAll(more.toList());
    command.add("-newkey");
    command.addAll(List.of(key));
    openssl(command);
  }

  /** Encrypts a key as the program does it by itself. */
  Path encryptedKey(String name, String passphrase) throws IOException, InterruptedException {
    Path out = directory.resolve(name + ".encrypted");
    List<String> command = new ArrayList<>(List.of("pkcs8", "-topk8", "-v2", "aes256"));
    command.addAll(List.of("-in", file(name, "key"), "-out", out.toString()));
    command.addAll(List.of("-passout", "pass:" + passphrase));
    openssl(command);
    return out;
  }

  private void openssl(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private String file(String name, String type) {
    return directory.resolve(name + "." + type).toString();
  }

  X509Certificate certificate(String name) throws Exception {
    return new PemFile(certificateFile(name)).certificates().get(0);
  }

  public Path certificateFile(String name) {
    return Path.of(file(name, "crt"));
  }

  Path keyFile(String name) {
    return Path.of(file(name, "key"));
  }

  /** The key with its certificate, under no password. */
  public KeyStore keys(String name) throws Exception {
    X509Certificate certificate = certificate(name);
    byte[] der = new PemFile(keyFile(name)).block("PRIVATE KEY").orElseThrow();
    PrivateKey key =
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(der));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("it", key, NONE, new Certificate[] {certificate});
    return store;
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
    keys.init(keys(name), NONE);
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
