package io.psconnect.ssh.internal.trust;

import static io.psconnect.ssh.internal.trust.TestKeys.AUTHORITY;
import static io.psconnect.ssh.internal.trust.TestKeys.ECDSA;
import static io.psconnect.ssh.internal.trust.TestKeys.ED25519;
import static io.psconnect.ssh.internal.trust.TestKeys.RSA;
import static io.psconnect.ssh.internal.trust.TestKeys.fingerprint;
import static io.psconnect.ssh.internal.trust.TestKeys.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.route.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyPolicyTest {
  private static final Origin ORIGIN = new Origin("ssh", "b", Phase.CONNECT);
  private static final List<String> SUPPORTED =
      NamedResource.getNameList(BaseBuilder.DEFAULT_SIGNATURE_PREFERENCE);

  @TempDir Path folder;

  private HostKeyPolicy policy(SshOptions.Builder options, Path... files)
      throws UnreachableException {
    Hop hop = new Hop("b", "build01", 2222, "u", List.of(), List.of(files));
    return HostKeyPolicy.of(options.host("b").build(), hop, ORIGIN);
  }

  private HostKeyPolicy knowing(String... lines) throws IOException {
    return policy(SshOptions.builder(), Files.write(folder.resolve("known_hosts"), List.of(lines)));
  }

  private static boolean takes(HostKeyPolicy policy, KeyPair shown) {
    return policy.verifyServerKey(null, null, shown.getPublic());
  }

  private String failure(Path... files) {
    String message =
        assertThrows(UnreachableException.class, () -> policy(SshOptions.builder(), files))
            .getMessage();
    return message.replace(folder.toString(), "");
  }

  @Test
  void missingFileIsAnErrorWithTheNextStep() {
    String message = failure(folder.resolve("none"));
    assertTrue(
        message.contains(
            "host key of build01:2222 cannot be checked: there is no file /none. To add it:"
                + " ssh-keyscan -p 2222 -H build01 >> '/none', and compare the fingerprint with"),
        message);
  }

  @Test
  void fileThatCannotBeReadIsAnError() {
    String message = failure(folder);
    assertTrue(
        message.contains(
            "host key of build01:2222 cannot be checked: the file of known hosts cannot be read:"),
        message);
  }

  @Test
  void noFileAtAllIsAnError() {
    String message = failure();
    assertTrue(message.contains("no file of known hosts is named"), message);
  }

  @Test
  void oneOfSeveralFilesMayBeMissing() throws IOException {
    Path file = Files.writeString(folder.resolve("known"), "build01 " + text(RSA) + "\n");
    assertTrue(takes(policy(SshOptions.builder(), folder.resolve("none"), file), RSA));
  }

  @Test
  void refusalIsKept() throws IOException {
    HostKeyPolicy policy = knowing("other " + text(RSA));
    assertEquals(Optional.empty(), policy.refusal());
    assertFalse(takes(policy, RSA));
    assertTrue(policy.refusal().orElseThrow().startsWith("host key of build01:2222 is not known"));
  }

  @Test
  void nothingIsRefusedWhereAKeyIsTaken() throws IOException {
    HostKeyPolicy policy = knowing("build01 " + text(RSA));
    assertTrue(takes(policy, RSA));
    assertEquals(Optional.empty(), policy.refusal());
  }

  @Test
  void pinnedKeysAreTakenWithoutAFile() throws IOException {
    HostKeyPolicy policy =
        policy(
            SshOptions.builder().hostKeyFingerprint(fingerprint(RSA), fingerprint(ECDSA)),
            folder.resolve("none"));
    assertTrue(takes(policy, RSA));
    assertTrue(takes(policy, ECDSA));
    assertFalse(takes(policy, ED25519));
    assertEquals(
        "host key of build01:2222: expected %s or %s, got ssh-ed25519 %s."
                .formatted(fingerprint(RSA), fingerprint(ECDSA), fingerprint(ED25519))
            + " If the host was reinstalled or has keys of several types, compare this fingerprint"
            + " with the host's own (ssh-keygen -lf /etc/ssh/ssh_host_*_key.pub, there) and pin it;"
            + " if it is not the host's, somebody stands between you and it",
        policy.refusal().orElseThrow());
  }

  @Test
  void anyKeyIsTakenWhereThatIsAskedFor() throws IOException {
    assertTrue(takes(policy(SshOptions.builder().acceptAnyHostKey()), RSA));
  }

  @Test
  void algorithmsOfKnownKeysAreOfferedFirst() throws IOException {
    List<String> algorithms =
        knowing("build01 " + text(RSA), "[build01]:2222 " + text(RSA)).algorithms(SUPPORTED);
    assertEquals(List.of("rsa-sha2-512", "rsa-sha2-256"), algorithms.subList(0, 2));
    assertTrue(algorithms.contains("ssh-ed25519"));
    List<String> several =
        knowing("build01 " + text(ED25519), "build01 " + text(ECDSA)).algorithms(SUPPORTED);
    assertEquals(List.of("ecdsa-sha2-nistp256", "ssh-ed25519"), several.subList(0, 2));
  }

  @Test
  void keysForThisPortCountBeforeThoseForTheName() throws IOException {
    List<String> algorithms =
        knowing("build01 " + text(ECDSA), "[build01]:2222 " + text(ED25519)).algorithms(SUPPORTED);
    assertEquals("ssh-ed25519", algorithms.get(0));
  }

  @Test
  void certificatesAreOfferedOnlyWhereAnAuthorityIsKnown() throws IOException {
    String ofEd25519 = "ssh-ed25519-cert-v01@openssh.com";
    assertFalse(knowing("build01 " + text(ED25519)).algorithms(SUPPORTED).contains(ofEd25519));
    List<String> algorithms =
        knowing("@cert-authority build* " + text(AUTHORITY)).algorithms(SUPPORTED);
    assertTrue(algorithms.indexOf(ofEd25519) < algorithms.indexOf("ecdsa-sha2-nistp256"));
  }

  @Test
  void certificatesAreOfferedWhereAnAuthorityIsRevoked() throws IOException {
    List<String> algorithms =
        knowing("build01 " + text(ECDSA), "@revoked * " + text(AUTHORITY)).algorithms(SUPPORTED);
    assertTrue(algorithms.contains("ecdsa-sha2-nistp256-cert-v01@openssh.com"));
  }

  @Test
  void signaturesWithSha1AreNotOffered() throws IOException {
    List<String> algorithms = knowing("build01 " + text(RSA)).algorithms(SUPPORTED);
    assertTrue(SUPPORTED.contains("ssh-rsa"));
    assertFalse(algorithms.contains("ssh-rsa"));
  }

  @Test
  void pinnedKeysAreLookedForAsOpenSshShowsThem() throws IOException {
    HostKeyPolicy policy = policy(SshOptions.builder().hostKeyFingerprint(fingerprint(RSA)));
    assertEquals("ssh-ed25519", policy.algorithms(SUPPORTED).get(0));
  }
}
