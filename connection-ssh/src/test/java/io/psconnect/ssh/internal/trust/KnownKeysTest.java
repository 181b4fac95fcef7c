package io.psconnect.ssh.internal.trust;

import static io.psconnect.ssh.internal.trust.TestKeys.AUTHORITY;
import static io.psconnect.ssh.internal.trust.TestKeys.ECDSA;
import static io.psconnect.ssh.internal.trust.TestKeys.ED25519;
import static io.psconnect.ssh.internal.trust.TestKeys.RSA;
import static io.psconnect.ssh.internal.trust.TestKeys.STRANGE;
import static io.psconnect.ssh.internal.trust.TestKeys.fingerprint;
import static io.psconnect.ssh.internal.trust.TestKeys.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ssh.internal.route.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownKeysTest {
  private static final String COMPARE =
      ", and compare the fingerprint with the host's own (ssh-keygen -lf"
          + " /etc/ssh/ssh_host_*_key.pub, there) before you trust it";

  @TempDir Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private KnownKeys known(int port, Path... files) throws IOException {
    Hop hop = new Hop("b", "build01", port, "u", List.of(), List.of(files));
    return new KnownKeys(hop, new KnownHostsFiles(hop.knownHosts()));
  }

  private Optional<String> refusal(int port, PublicKey shown, String... lines) throws IOException {
    return known(port, file("known_hosts", lines))
        .refusal(shown)
        .map(text -> text.replace(folder.toString(), ""));
  }

  private void accepts(int port, PublicKey shown, String... lines) throws IOException {
    assertEquals(Optional.empty(), refusal(port, shown, lines));
  }

  private void refuses(String why, int port, PublicKey shown, String... lines) throws IOException {
    String refusal = refusal(port, shown, lines).orElse("taken");
    assertTrue(refusal.contains(why), refusal);
  }

  private static OpenSshCertificateBuilder certificate() {
    return OpenSshCertificateBuilder.hostCertificate()
        .id("ours")
        .publicKey(ECDSA.getPublic())
        .principals(List.of("build01"))
        .validAfter(0)
        .validBefore(OpenSshCertificate.INFINITY);
  }

  @Test
  void knownKeyIsTaken() throws IOException {
    accepts(22, ED25519.getPublic(), "build01 " + text(ED25519));
    accepts(22, ECDSA.getPublic(), "# hosts", "", "a,build01,b " + text(ECDSA) + " a comment");
    accepts(22, RSA.getPublic(), "\tbuild* \t" + text(RSA));
  }

  @Test
  void everyKeyOfTheHostIsTaken() throws IOException {
    accepts(22, RSA.getPublic(), "build01 " + text(ECDSA), "build01 " + text(RSA));
  }

  @Test
  void keyInTheSecondFileIsTaken() throws IOException {
    Path first = file("first", "build01 " + text(ECDSA));
    Path second = file("second", "build01 " + text(RSA));
    assertEquals(Optional.empty(), known(22, first, second).refusal(RSA.getPublic()));
  }

  @Test
  void unknownHostIsRefusedWithTheNextStep() throws IOException {
    assertEquals(
        Optional.of(
            "host key of build01:22 is not known: got ssh-ed25519 %s, and no key for 'build01'"
                    .formatted(fingerprint(ED25519))
                + " stands in /known_hosts. To add it: ssh-keyscan -H build01 >> '/known_hosts'"
                + COMPARE),
        refusal(22, ED25519.getPublic(), "other " + text(ED25519)));
  }

  @Test
  void unknownHostAtAnotherPortIsRefusedWithTheNextStep() throws IOException {
    assertEquals(
        Optional.of(
            "host key of build01:2222 is not known: got ssh-ed25519 %s, and no key for"
                    .formatted(fingerprint(ED25519))
                + " '[build01]:2222' or 'build01' stands in /known_hosts. To add it: ssh-keyscan -p 2222 -H"
                + " build01 >> '/known_hosts'"
                + COMPARE),
        refusal(2222, ED25519.getPublic(), "[build01]:22 " + text(ED25519)));
  }

  @Test
  void brokenLinesAreNamedWhereTheHostIsUnknown() throws IOException {
    refuses(
        "stands in /known_hosts (line 1 of /known_hosts cannot be read: it is not of the form"
            + " 'hosts type key'; line 3 of /known_hosts cannot be read: the key is not a whole one"
            + " of type ssh-rsa). To add it",
        22,
        RSA.getPublic(),
        "build01",
        "# fine",
        "build01 " + text(ECDSA).replace("ecdsa-sha2-nistp256", "ssh-rsa"));
  }

  @Test
  void changedKeyIsRefusedWithBothFingerprintsAndTheLine() throws IOException {
    assertEquals(
        Optional.of(
            "host key of build01:22 has changed: expected ecdsa-sha2-nistp256 %s (line 2 of"
                    .formatted(fingerprint(ECDSA))
                + " /known_hosts); got ssh-ed25519 %s. Somebody may stand between you and the host"
                    .formatted(fingerprint(ED25519))
                + " (an attack), or it was reinstalled. If you learn that its key is the new one:"
                + " ssh-keygen -R 'build01' -f '/known_hosts', then ssh-keyscan -H build01 >>"
                + " '/known_hosts'"),
        refusal(22, ED25519.getPublic(), "#", "build01 " + text(ECDSA)));
  }

  @Test
  void changedKeyIsComparedWithEachThatIsKnown() throws IOException {
    refuses(
        "expected ecdsa-sha2-nistp256 %s (line 1 of /known_hosts) or ssh-rsa %s (line 2 of"
                .formatted(fingerprint(ECDSA), fingerprint(RSA))
            + " /known_hosts); got",
        22,
        STRANGE.getPublic(),
        "build01 " + text(ECDSA),
        "build* " + text(RSA));
  }

  @Test
  void adviceForAChangedKeyNamesTheLineItIsAbout() throws IOException {
    refuses(
        "ssh-keygen -R 'build01' -f '/known_hosts', then ssh-keyscan -p 2222 -H build01",
        2222,
        STRANGE.getPublic(),
        "build01 " + text(ECDSA));
    refuses(
        "ssh-keygen -R '[build01]:2222' -f '/known_hosts'",
        2222,
        STRANGE.getPublic(),
        "[build01]:2222 " + text(ECDSA));
  }

  @Test
  void hostThatIsTakenOutOfAPatternIsUnknown() throws IOException {
    refuses("is not known", 22, RSA.getPublic(), "build*,!build01 " + text(RSA));
  }

  @Test
  void lineWithoutThePortIsForEveryPortThatHasNoLine() throws IOException {
    accepts(2222, RSA.getPublic(), "build01 " + text(RSA));
    refuses(
        "has changed",
        2222,
        RSA.getPublic(),
        "build01 " + text(RSA),
        "[build01]:2222 " + text(ECDSA));
  }

  @Test
  void lineWithAPortIsForNoOther() throws IOException {
    refuses("is not known", 22, RSA.getPublic(), "[build01]:2222 " + text(RSA));
  }

  @Test
  void revokedKeyIsRefusedWhereverElseItStands() throws IOException {
    assertEquals(
        Optional.of(
            "host key of build01:22 is revoked: ssh-rsa %s is marked @revoked in line 2 of"
                    .formatted(fingerprint(RSA))
                + " /known_hosts. Somebody may have stolen it and stand in for the host: ask who"
                + " runs it for its new key"),
        refusal(22, RSA.getPublic(), "build01 " + text(RSA), "@revoked * " + text(RSA)));
  }

  @Test
  void keyThatIsRevokedByTheNameAloneIsRefusedAtEveryPort() throws IOException {
    refuses(
        "is revoked",
        2222,
        RSA.getPublic(),
        "[build01]:2222 " + text(RSA),
        "@revoked build01 " + text(RSA));
  }

  @Test
  void keyThatIsRevokedForAnotherHostIsTaken() throws IOException {
    accepts(22, RSA.getPublic(), "build01 " + text(RSA), "@revoked other " + text(RSA));
  }

  @Test
  void keyOfAnAuthorityIsNoHostKey() throws IOException {
    refuses("is not known", 22, RSA.getPublic(), "@cert-authority build01 " + text(RSA));
  }

  @Test
  void certificateOfAKnownAuthorityIsTaken() throws Exception {
    accepts(22, certificate().sign(AUTHORITY), "@cert-authority build* " + text(AUTHORITY));
    accepts(2222, certificate().sign(AUTHORITY), "@cert-authority build01 " + text(AUTHORITY));
    accepts(
        22,
        certificate().sign(RSA, "rsa-sha2-512"),
        "build01 " + text(STRANGE),
        "@cert-authority build01 " + text(RSA));
  }

  @Test
  void certificateOfAnUnknownAuthorityIsRefused() throws Exception {
    refuses(
        ". Its host certificate 'ours' is not taken: its authority, ssh-ed25519 %s, is not known"
                .formatted(fingerprint(AUTHORITY))
            + " for this host",
        22,
        certificate().sign(AUTHORITY),
        "@cert-authority other " + text(AUTHORITY),
        "build01 " + text(AUTHORITY));
  }

  @Test
  void certificateThatDoesNotHoldIsRefused() throws Exception {
    String line = "@cert-authority * " + text(AUTHORITY);
    refuses(
        "is not known: got ecdsa-sha2-nistp256 " + fingerprint(ECDSA),
        22,
        certificate().principals(List.of("other")).sign(AUTHORITY),
        line);
    refuses(
        ". Its host certificate 'ours' is not taken: it is for [other] only",
        22,
        certificate().principals(List.of("other")).sign(AUTHORITY),
        line);
  }

  @Test
  void keyOfACertificateThatDoesNotHoldMayBeKnownByItself() throws Exception {
    accepts(
        22,
        certificate().principals(List.of("other")).sign(AUTHORITY),
        "@cert-authority * " + text(AUTHORITY),
        "build01 " + text(ECDSA));
  }

  @Test
  void certificateOfARevokedAuthorityIsRefusedThoughItsKeyIsKnown() throws Exception {
    refuses(
        "is revoked: ssh-ed25519 %s is marked @revoked in line 3".formatted(fingerprint(AUTHORITY)),
        22,
        certificate().sign(AUTHORITY),
        "build01 " + text(ECDSA),
        "@cert-authority * " + text(AUTHORITY),
        "@revoked * " + text(AUTHORITY));
  }

  @Test
  void certificateOfARevokedKeyIsRefused() throws Exception {
    refuses(
        "is revoked: ecdsa-sha2-nistp256 " + fingerprint(ECDSA),
        22,
        certificate().sign(AUTHORITY),
        "@cert-authority * " + text(AUTHORITY),
        "@revoked * " + text(ECDSA));
  }
}
