package io.psconnect.winrm.internal.http;

import static io.psconnect.winrm.internal.http.Channels.basic;
import static io.psconnect.winrm.internal.http.Channels.send;
import static io.psconnect.winrm.internal.http.Channels.settings;
import static io.psconnect.winrm.internal.http.Channels.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
@RequiresProgram("openssl")
class TlsSocketsTest {
  private static final String MUTUAL =
      "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

  @TempDir private static Path directory;
  private static Certificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = new Certificates(directory);
    certificates.make("good", "IP:127.0.0.1,DNS:localhost");
    certificates.make("other", "DNS:other.example");
    certificates.makeExpired("old", "IP:127.0.0.1");
    certificates.makeWith("client", "rsa:2048");
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    Channels.assertNoThreads();
  }

  private static TlsSettings bundle(String name) throws Exception {
    return new TlsSettings(
        new TlsSettings.BundleTrust(certificates.certificateFile(name)), Optional.empty());
  }

  private static TlsSettings pin(String fingerprint) {
    return new TlsSettings(new TlsSettings.PinTrust(Set.of(fingerprint)), Optional.empty());
  }

  private static PooledHttpChannel channel(ScriptedHost host, TlsSettings tls) throws Exception {
    return basic(settings("127.0.0.1", host.port(), Optional.of(tls), Optional.empty()));
  }

  private static String refusal(ScriptedHost host, TlsSettings tls) throws Exception {
    try (HttpChannel channel = channel(host, tls)) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      assertEquals(0, host.requests().size());
      return e.getMessage();
    }
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void aHostIsBelievedWhoseCertificateIsInTheBundle() throws Exception {
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"));
        HttpChannel channel = channel(host, bundle("good"))) {
      assertEquals("<answer/>", text(send(channel)));
      assertEquals("<answer/>", text(send(channel)));
      assertEquals(1, host.connections());
    }
  }

  @Test
  void aHostThatTheJdkDoesNotTrustIsNotSpokenTo() throws Exception {
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"))) {
      String message = refusal(host, new TlsSettings(new TlsSettings.JdkTrust(), Optional.empty()));
      assertContains("is not trusted: it was issued by 'CN=good'", message);
      assertContains(Fingerprint.of(certificates.certificate("good")), message);
    }
  }

  @Test
  void aCertificateForAnotherNameSaysForWhich() throws Exception {
    try (ScriptedHost host = certificates.host("other", ScriptedHost.soap("<answer/>"))) {
      assertContains(
          "is for 'other.example', and not for '127.0.0.1'", refusal(host, bundle("other")));
    }
  }

  @Test
  void anExpiredCertificateSaysSinceWhen() throws Exception {
    X509Certificate old = certificates.certificate("old");
    try (ScriptedHost host = certificates.host("old", ScriptedHost.soap("<answer/>"))) {
      assertContains(
          "expired on " + old.getNotAfter().toInstant(), refusal(host, bundle("old-issuer")));
    }
  }

  @Test
  void aPinnedCertificateMaySayAnything() throws Exception {
    String pin = Fingerprint.of(certificates.certificate("old"));
    String spaced = pin.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
    try (ScriptedHost host = certificates.host("old", ScriptedHost.soap("<answer/>"));
        HttpChannel channel = channel(host, pin(spaced))) {
      assertEquals("<answer/>", text(send(channel)));
    }
  }

  @Test
  void anotherCertificateThanThePinnedOneShowsBoth() throws Exception {
    String expected = "ab".repeat(32);
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"))) {
      String message = refusal(host, pin(expected));
      assertContains("expected a certificate with the SHA-256 fingerprint " + expected, message);
      assertContains("got " + Fingerprint.of(certificates.certificate("good")), message);
    }
  }

  @Test
  void withoutChecksAnyCertificateWillDo() throws Exception {
    try (ScriptedHost host = certificates.host("other", ScriptedHost.soap("<answer/>"));
        HttpChannel channel =
            channel(host, new TlsSettings(new TlsSettings.NoCheck(), Optional.empty()))) {
      assertEquals("<answer/>", text(send(channel)));
    }
  }

  @Test
  void tlsToAPortThatSpeaksHttpIsNamed() throws Exception {
    try (ScriptedHost host =
        new ScriptedHost(
            wire -> {
              wire.socket().getInputStream().readNBytes(20);
              wire.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
              wire.awaitEnd();
            })) {
      assertContains("speaks plain HTTP, and was spoken to in TLS", refusal(host, bundle("good")));
    }
  }

  @Test
  void httpToAPortThatSpeaksTlsIsNamed() throws Exception {
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"));
        HttpChannel channel = basic(host)) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertContains("speaks TLS, and was spoken to in plain HTTP", e.getMessage());
    }
  }

  @Test
  void aHostThatClosesInsteadOfSpeakingTlsIsNamed() throws Exception {
    try (ScriptedHost host =
        new ScriptedHost(wire -> wire.socket().getInputStream().readNBytes(20))) {
      assertContains("HTTPS listener", refusal(host, bundle("good")));
    }
  }

  @Test
  void aHostThatSpeaksOnlyOldTlsIsNotSpokenTo() throws Exception {
    try (ScriptedHost host =
        certificates.host(
            "good",
            wire -> {
              ((SSLSocket) wire.socket()).setEnabledProtocols(new String[] {"TLSv1.1"});
              wire.read();
            })) {
      assertContains("TLS", refusal(host, bundle("good")));
    }
  }

  @Test
  void theClientCertificateIsShownAndNamedInTheHeader() throws Exception {
    try (ScriptedHost host = certificates.host("good", "client", ScriptedHost.soap("<answer/>"));
        HttpChannel channel = withClient(host, certificates.keyFile("client"), null)) {
      assertEquals("<answer/>", text(send(channel)));
      assertEquals(MUTUAL, host.requests().get(0).header("Authorization"));
    }
  }

  private static PooledHttpChannel withClient(ScriptedHost host, Path key, String passphrase)
      throws Exception {
    return withClient(host.port(), certificates.certificateFile("client"), key, passphrase);
  }

  private static PooledHttpChannel withClient(
      int port, Path certificate, Path key, String passphrase) throws Exception {
    TlsSettings tls =
        new TlsSettings(
            bundle("good").trust(),
            Optional.of(
                new TlsSettings.ClientCertificate(
                    certificate, key, Optional.ofNullable(passphrase).map(String::toCharArray))));
    return new PooledHttpChannel(
        settings("127.0.0.1", port, Optional.of(tls), Optional.empty()), Credentials.certificate());
  }

  @Test
  void theKeyMayBeEncryptedAsOpensslDoesIt() throws Exception {
    Path key = certificates.encryptedKey("client", "Sentinel-pass");
    try (ScriptedHost host = certificates.host("good", "client", ScriptedHost.soap("<answer/>"));
        HttpChannel channel = withClient(host, key, "Sentinel-pass")) {
      assertEquals("<answer/>", text(send(channel)));
    }
    UnreachableException wrong =
        assertThrows(UnreachableException.class, () -> withClient(1, cert(), key, "Sentinel-no"));
    assertContains("is the passphrase right?", wrong.getMessage());
    assertFalse(wrong.getMessage().contains("Sentinel"));
    UnreachableException none =
        assertThrows(UnreachableException.class, () -> withClient(1, cert(), key, null));
    assertContains("is encrypted; give its passphrase", none.getMessage());
  }

  private static Path cert() throws Exception {
    return certificates.certificateFile("client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aHostThatWantsAClientCertificateSaysSo(String version) throws Exception {
    try (ScriptedHost host =
            certificates.host(
                "good",
                "client",
                wire -> {
                  ((SSLSocket) wire.socket()).setEnabledProtocols(new String[] {version});
                  wire.read();
                });
        HttpChannel channel = channel(host, bundle("good"))) {
      AuthenticationException e = assertThrows(AuthenticationException.class, () -> send(channel));
      assertContains("wants a client certificate", e.getMessage());
      assertEquals(0, host.requests().size());
    }
  }

  @Test
  void throughAProxyTlsReachesToTheHost() throws Exception {
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"));
        ScriptedHost proxy = new ScriptedHost(wire -> relay(wire, host.port()));
        HttpChannel channel =
            basic(
                settings(
                    "127.0.0.1",
                    host.port(),
                    Optional.of(bundle("good")),
                    Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", proxy.port()))))) {
      assertEquals("<answer/>", text(send(channel)));
      assertEquals(
          "CONNECT 127.0.0.1:%d HTTP/1.1".formatted(host.port()), proxy.requests().get(0).line());
      assertEquals(1, proxy.requests().size());
    }
  }

  private static void relay(ScriptedHost.Wire wire, int port) throws Exception {
    wire.read();
    try (Socket onward = new Socket("127.0.0.1", port)) {
      wire.write("HTTP/1.1 200 OK\r\n\r\n");
      Thread back = new Thread(() -> copy(onward, wire.socket()));
      back.start();
      copy(wire.socket(), onward);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side has gone.
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
    Path cut =
        Files.writeString(directory.resolve("cut.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n");
    assertContains("has no certificate in PEM", unusable(empty, certificates.keyFile("client")));
    assertContains("is not whole", unusable(cut, certificates.keyFile("client")));
    assertContains("does not exist", unusable(directory.resolve("no"), empty));
    assertContains("has no key as PKCS#8", unusable(cert(), empty));
    assertContains("has no key for its", unusable(cert(), certificates.keyFile("good")));
  }

  private static String unusable(Path certificate, Path key) {
    return assertThrows(UnreachableException.class, () -> withClient(1, certificate, key, null))
        .getMessage();
  }

  @Test
  void aCutAnswerIsNotTakenForAWholeOne() throws Exception {
    byte[] whole = ScriptedHost.answer(200, ScriptedHost.SOAP, "<answer/>");
    try (ScriptedHost host =
            certificates.host(
                "good",
                wire -> {
                  wire.read();
                  wire.write(Arrays.copyOf(whole, whole.length - 1));
                });
        HttpChannel channel = channel(host, bundle("good"))) {
      var e = assertThrows(SessionDroppedException.class, () -> send(channel));
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      assertEquals(1, host.requests().size());
    }
  }
}
