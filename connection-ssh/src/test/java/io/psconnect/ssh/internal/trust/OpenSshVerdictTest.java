package io.psconnect.ssh.internal.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connections;
import io.psconnect.UnreachableException;
import io.psconnect.ssh.RealSshd;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.auth.Ed25519;
import io.psconnect.ssh.internal.route.OpenSsh;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of known hosts makes us take a real sshd, or refuse it, as it makes OpenSSH's own client.
 * In the files, {@code HOST} is {@code [127.0.0.1]:port}, and the names of keys stand for the keys.
 */
@RequiresProgram({"sshd", "ssh"})
class OpenSshVerdictTest {
  @AutoClose private static RealSshd sshd;
  @AutoClose private static RealSshd certified;
  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    Ed25519.register();
    sshd = RealSshd.start();
    certified = RealSshd.builder().hostCertificate().start();
  }

  /** Whether a host is taken. */
  private enum Verdict {
    TAKEN,
    REFUSED
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOST ed25519",
        "HOST ecdsa",
        "HOST rsa",
        "127.0.0.1 ed25519",
        "127.0.0.* ed25519",
        "[127.0.0.1]:* ecdsa",
        "*,!HOST ed25519",
        "*,!127.0.0.1 ecdsa",
        "localhost rsa",
        "[127.0.0.1]:22 rsa",
        "HOST strange",
        "HOST strange; HOST rsa",
        "HOST strange; 127.0.0.1 rsa",
        "127.0.0.1 strange; HOST rsa",
        "127.0.0.1 strange",
        "HOST rsa; @revoked HOST rsa",
        "HOST rsa; @revoked * rsa",
        "HOST rsa; @revoked other rsa",
        "HOST rsa; @revoked * ecdsa",
        "HOST rsa; HOST ecdsa; @revoked * ed25519",
        "@cert-authority HOST rsa",
        "@cert-authority * authority",
        "HOST nonsense; HOST ecdsa",
        "@other HOST rsa",
        "# HOST rsa",
        "",
      })
  void plainKeysAreTakenAsByOpenSsh(String lines) throws Exception {
    Path file = knownHosts(sshd, lines);
    assertEquals(openSsh(sshd, file), ours(sshd, file), lines);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@cert-authority HOST authority",
        "@cert-authority 127.0.0.1 authority",
        "@cert-authority * authority",
        "@cert-authority localhost authority",
        "@cert-authority * strange",
        "@cert-authority * strange; HOST rsa",
        "@cert-authority * authority; HOST strange",
        "@cert-authority * authority; @revoked * authority",
        "@cert-authority * authority; @revoked * rsa; @revoked * ecdsa; @revoked * ed25519",
        "HOST authority",
        "HOST ed25519",
        "HOST rsa; HOST ecdsa; HOST ed25519; @revoked * authority",
        "HOST strange",
        "",
      })
  void certificatesAreTakenAsByOpenSsh(String lines) throws Exception {
    Path file = knownHosts(certified, lines);
    assertEquals(openSsh(certified, file), ours(certified, file), lines);
  }

  /** OpenSSH asks for an Ed25519 key here, which is not known. */
  @Test
  void kindOfKeyThatIsKnownWithoutThePortIsAskedFor() throws Exception {
    Path file = knownHosts(sshd, "127.0.0.1 rsa");
    assertEquals(Verdict.REFUSED, openSsh(sshd, file));
    assertEquals(Verdict.TAKEN, openSsh(sshd, file, "HostKeyAlgorithms=rsa-sha2-512"));
    assertEquals(Verdict.TAKEN, ours(sshd, file));
  }

  /** OpenSSH looks for revoked keys under the name that it has found a key by. */
  @Test
  void keyThatIsRevokedWithoutThePortIsRefused() throws Exception {
    Path file = knownHosts(sshd, "HOST rsa; @revoked 127.0.0.1 rsa");
    assertEquals(Verdict.TAKEN, openSsh(sshd, file));
    assertEquals(Verdict.REFUSED, ours(sshd, file));
  }

  @Test
  void hashedFileIsRead() throws Exception {
    Path file = knownHosts(sshd, "HOST rsa");
    OpenSsh.run("ssh-keygen", "-H", "-f", file);
    assertTrue(Files.readString(file).startsWith("|1|"));
    assertEquals(Verdict.TAKEN, ours(sshd, file));
  }

  @Test
  void adviceForAnUnknownHostWorks() throws Exception {
    Path file = Files.writeString(folder.resolve("unknown"), "");
    String message = refusal(sshd.options().knownHosts(file).build());
    assertTrue(message.contains(sshd.fingerprint("ecdsa")), message);
    shell(message.replaceFirst("(?s).*To add it: (.*?), and compare.*", "$1"));
    assertEquals(Verdict.TAKEN, ours(sshd, file));
  }

  @Test
  void adviceForAChangedKeyWorks() throws Exception {
    Path file = knownHosts(sshd, "# one; HOST strange");
    String message = refusal(sshd.options().knownHosts(file).build());
    assertTrue(message.contains("(line 2 of " + file + ")"), message);
    assertTrue(message.contains(strange().fingerprint()), message);
    assertTrue(message.contains(sshd.fingerprint("ecdsa")), message);
    shell(message.replaceFirst("(?s).*key is the new one: (.*?), then (.*?'.*?').*", "$1; $2"));
    assertEquals(Verdict.TAKEN, ours(sshd, file));
  }

  @Test
  void pinnedKeyIsTaken() throws Exception {
    SshOptions.Builder options =
        SshOptions.builder()
            .host("127.0.0.1")
            .port(sshd.port())
            .username(sshd.user())
            .privateKeyPath(sshd.userKey())
            .noAgent();
    Connections.open(options.hostKeyFingerprint(sshd.fingerprint("ed25519")).build()).close();
    String strange = strange().fingerprint();
    String message = refusal(options.hostKeyFingerprint(strange).build());
    assertTrue(message.contains("expected " + strange + ", got ssh-ed25519 "), message);
  }

  private static void shell(String command) throws IOException {
    OpenSsh.Answer answer = OpenSsh.run("sh", "-c", command);
    assertEquals(0, answer.exitCode(), command + "\n" + answer.output());
  }

  private static String refusal(SshOptions options) throws Exception {
    try {
      Connections.open(options).close();
      return "taken";
    } catch (UnreachableException e) {
      return e.getMessage();
    }
  }

  private static Verdict ours(RealSshd sshd, Path knownHosts) throws Exception {
    String refusal = refusal(sshd.options().knownHosts(knownHosts).build());
    if (refusal.equals("taken")) {
      return Verdict.TAKEN;
    }
    assertTrue(refusal.contains("host key of 127.0.0.1:" + sshd.port()), refusal);
    return Verdict.REFUSED;
  }

  private static Verdict openSsh(RealSshd sshd, Path knownHosts, String... further)
      throws IOException {
    List<Object> arguments = new ArrayList<>();
    Collections.addAll(arguments, "-F", "none", "-p", sshd.port(), "-i", sshd.userKey());
    for (String option :
        List.of(
            "UserKnownHostsFile=" + knownHosts,
            "GlobalKnownHostsFile=none",
            "StrictHostKeyChecking=yes",
            "IdentitiesOnly=yes",
            "BatchMode=yes")) {
      Collections.addAll(arguments, "-o", option);
    }
    for (String option : further) {
      Collections.addAll(arguments, "-o", option);
    }
    Collections.addAll(arguments, sshd.user() + "@127.0.0.1", "true");
    OpenSsh.Answer answer = OpenSsh.run("ssh", arguments.toArray());
    if (answer.exitCode() == 0) {
      return Verdict.TAKEN;
    }
    assertTrue(answer.output().contains("Host key verification failed"), answer.output());
    return Verdict.REFUSED;
  }

  private static HostKey strange() {
    return HostKey.of(TestKeys.STRANGE.getPublic());
  }

  private static Path knownHosts(RealSshd sshd, String lines) throws IOException {
    String text =
        Arrays.stream(lines.split("; "))
            .map(line -> line.replace("HOST", "[127.0.0.1]:" + sshd.port()))
            .map(line -> withKey(sshd, line) + "\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve("known_hosts"), text);
  }

  private static String withKey(RealSshd sshd, String line) {
    String name = line.substring(line.lastIndexOf(' ') + 1);
    String before = line.substring(0, line.length() - name.length());
    return switch (name) {
      case "ed25519", "ecdsa", "rsa" -> before + publicKey(sshd.hostKey(name));
      case "authority" -> before + publicKey(sshd.hostKey("rsa").resolveSibling("authority"));
      case "strange" -> before + TestKeys.text(TestKeys.STRANGE);
      default -> line;
    };
  }

  private static String publicKey(Path key) {
    try {
      return Files.readString(key.resolveSibling(key.getFileName() + ".pub")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
