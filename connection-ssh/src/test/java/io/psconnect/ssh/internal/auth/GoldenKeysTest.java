package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ssh.internal.trust.CertificateTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.OpenSshCertificateImpl;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that ssh-keygen made once, for machines that do not have it. */
class GoldenKeysTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ed25519-openssh-aes256-ctr",
        "ecdsa256-pkcs8-encrypted",
        "ecdsa384-openssh-plain",
        "ecdsa521-openssh-chacha20",
        "rsa-pem-encrypted",
        "rsa-pkcs8-plain",
      })
  void decodesToItsPublicKey(String name) throws Exception {
    ByteArrayBuffer encoded = new ByteArrayBuffer();
    encoded.putRawPublicKey(decoded(name).getPublic());
    String line = new String(resource(name + ".pub"), StandardCharsets.US_ASCII);
    assertArrayEquals(Base64.getDecoder().decode(line.split(" ")[1]), encoded.getCompactData());
  }

  @Test
  void aCertificateDecodesToTheKeyThatItIsFor() throws Exception {
    OpenSshCertificate certificate =
        CertificateFile.decode(resource("ed25519-openssh-aes256-ctr-cert.pub"));
    assertEquals(decoded("ed25519-openssh-aes256-ctr").getPublic(), certificate.getCertPubKey());
    assertEquals(Optional.empty(), CertificateTime.flaw(certificate));
  }

  @Test
  void aCertificatesTimeMayBeBeyondAllCalendars() throws Exception {
    OpenSshCertificateImpl certificate = new OpenSshCertificateImpl();
    certificate.setValidAfter(Long.MAX_VALUE - 1);
    certificate.setValidBefore(Long.MAX_VALUE);
    assertEquals(
        Optional.of("it is valid from any time to any time only"),
        CertificateTime.flaw(certificate));
  }

  private static KeyPair decoded(String name) throws Exception {
    return KeyFile.decode(resource(name), Optional.of("test-passphrase".toCharArray()));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = GoldenKeysTest.class.getResourceAsStream("test-keys/" + name)) {
      return file.readAllBytes();
    }
  }
}
