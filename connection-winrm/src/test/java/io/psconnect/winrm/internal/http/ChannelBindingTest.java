package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Phase;
import io.psconnect.spi.Deadline;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RequiresProgram("openssl")
class ChannelBindingTest {
  @TempDir private Path directory;

  private byte[] expected(X509Certificate certificate, String hash) throws Exception {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes("tls-server-end-point:".getBytes(StandardCharsets.US_ASCII));
    data.writeBytes(MessageDigest.getInstance(hash).digest(certificate.getEncoded()));
    return data.toByteArray();
  }

  private X509Certificate certificate(String... options) throws Exception {
    Certificates certificates = new Certificates(directory);
    certificates.makeWith("it", options);
    return certificates.certificate("it");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa:2048, -md5, SHA-256",
    "rsa:2048, -sha1, SHA-256",
    "rsa:2048, -sha256, SHA-256",
    "rsa:2048, -sha384, SHA-384",
    "rsa:2048, -sha512, SHA-512",
    "rsa-pss, -sha384, SHA-384"
  })
  void theHashIsThatOfTheSignatureUnlessItIsTooWeak(String key, String signature, String hash)
      throws Exception {
    X509Certificate certificate = certificate(key, signature);
    assertArrayEquals(expected(certificate, hash), ChannelBinding.of(certificate).orElseThrow());
  }

  @Test
  void aSignatureWithoutAHashHasNoBinding() throws Exception {
    assertEquals(Optional.empty(), ChannelBinding.of(certificate("ed25519")));
  }

  /** Over TLS nothing is sealed, and the login is tied to the connection. */
  @Test
  void aLoginOverTlsIsToldOfIt() throws Exception {
    Certificates certificates = new Certificates(directory);
    certificates.make("good", "IP:127.0.0.1");
    FakeLogin login = new FakeLogin(false, "one");
    TlsSettings tls =
        new TlsSettings(
            new TlsSettings.BundleTrust(certificates.certificateFile("good")), Optional.empty());
    try (ScriptedHost host = certificates.host("good", ScriptedHost.soap("<answer/>"));
        HttpChannel channel =
            new PooledHttpChannel(
                Channels.settings("127.0.0.1", host.port(), Optional.of(tls), Optional.empty()),
                Credentials.token(login))) {
      assertEquals("<answer/>", Channels.text(Channels.send(channel)));
      byte[] binding = ChannelBinding.of(certificates.certificate("good")).orElseThrow();
      assertEquals(new String(binding, StandardCharsets.ISO_8859_1), login.bindings().get(0));
      assertEquals("<message/>", host.requests().get(1).text());
      channel.send(Channels.MESSAGE, Phase.RUN, Deadline.none());
      assertEquals(3, host.requests().size());
    }
  }
}
