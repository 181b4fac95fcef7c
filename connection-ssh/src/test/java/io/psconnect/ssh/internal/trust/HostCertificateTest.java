package io.psconnect.ssh.internal.trust;

import static io.psconnect.ssh.internal.trust.TestKeys.AUTHORITY;
import static io.psconnect.ssh.internal.trust.TestKeys.ECDSA;
import static io.psconnect.ssh.internal.trust.TestKeys.ED25519;
import static io.psconnect.ssh.internal.trust.TestKeys.RSA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.OpenSshCertificateImpl;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.Test;

class HostCertificateTest {
  private static final Instant PAST = Instant.parse("2001-02-03T04:05:06Z");
  private static final Instant FUTURE = Instant.parse("2901-02-03T04:05:06Z");

  private final OpenSshCertificateBuilder host =
      filled(OpenSshCertificateBuilder.hostCertificate());

  private static OpenSshCertificateBuilder filled(OpenSshCertificateBuilder builder) {
    return builder
        .id("ours")
        .publicKey(ECDSA.getPublic())
        .principals(List.of("other", "build*"))
        .validAfter(PAST)
        .validBefore(FUTURE);
  }

  private static Optional<String> flaw(OpenSshCertificateBuilder builder) throws Exception {
    return flaw(builder.sign(AUTHORITY));
  }

  private static Optional<String> flaw(OpenSshCertificate certificate) {
    return new HostCertificate(certificate).flaw("build01");
  }

  @Test
  void goodOneHasNoFlaw() throws Exception {
    assertEquals(Optional.empty(), flaw(host));
  }

  @Test
  void everyKindOfAuthorityMaySign() throws Exception {
    for (KeyPair authority : List.of(AUTHORITY, ECDSA)) {
      assertEquals(Optional.empty(), flaw(host.sign(authority)));
    }
    assertEquals(Optional.empty(), flaw(host.sign(RSA, "rsa-sha2-256")));
  }

  @Test
  void signatureWithSha1IsRefused() throws Exception {
    assertEquals(
        Optional.of("it is signed with SHA-1, which can be forged"),
        flaw(host.sign(RSA, "ssh-rsa")));
  }

  @Test
  void certificateOfAUserIsRefused() throws Exception {
    assertEquals(
        Optional.of("it is a user's, not a host's"),
        flaw(filled(OpenSshCertificateBuilder.userCertificate())));
  }

  @Test
  void expiredOneIsRefused() throws Exception {
    assertEquals(
        Optional.of("it is valid from 1970-01-01T00:00:00Z to 2001-02-03T04:05:06Z only"),
        flaw(host.validAfter(0).validBefore(PAST)));
  }

  @Test
  void oneThatIsNotYetValidIsRefused() throws Exception {
    assertEquals(
        Optional.of("it is valid from 2901-02-03T04:05:06Z to any time only"),
        flaw(host.validAfter(FUTURE).validBefore(OpenSshCertificate.INFINITY)));
  }

  @Test
  void oneForOtherHostsIsRefused() throws Exception {
    assertEquals(
        Optional.of("it is for [other, build] only"),
        flaw(host.principals(List.of("other", "build"))));
  }

  @Test
  void oneForNoHostAtAllIsRefused() throws Exception {
    assertEquals(Optional.of("it is for [] only"), flaw(host.principals(List.of())));
  }

  @Test
  void criticalOptionsAreRefused() throws Exception {
    assertEquals(
        Optional.of("its critical options are not known"),
        flaw(host.criticalOption("force-command", "x")));
  }

  @Test
  void signatureOfSomebodyElseIsRefused() throws Exception {
    OpenSshCertificateImpl forged = (OpenSshCertificateImpl) host.sign(AUTHORITY);
    forged.setCaPubKey(ED25519.getPublic());
    assertEquals(Optional.of("its signature is wrong"), flaw(forged));
  }

  @Test
  void signatureThatIsNoneIsRefused() throws Exception {
    OpenSshCertificateImpl unsigned = (OpenSshCertificateImpl) host.sign(AUTHORITY);
    for (byte[] signature : List.of(new byte[0], new byte[] {1}, new byte[] {0, 0, 0, 9, 1})) {
      unsigned.setSignature(signature);
      assertEquals(Optional.of("its signature cannot be checked"), flaw(unsigned));
    }
  }

  @Test
  void changedContentIsRefused() throws Exception {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(host.sign(AUTHORITY));
    byte[] bytes = buffer.getCompactData();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("ours");
    bytes[at] = 'y';
    OpenSshCertificate changed = (OpenSshCertificate) new ByteArrayBuffer(bytes).getRawPublicKey();
    assertEquals("yurs", changed.getId());
    assertEquals(Optional.of("its signature is wrong"), flaw(changed));
  }
}
