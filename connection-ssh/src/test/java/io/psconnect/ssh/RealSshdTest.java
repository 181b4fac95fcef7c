package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fixture promises, asked by OpenSSH's own client. */
@OnRealSshd
class RealSshdTest {
  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void theLoginShellIsTheOneAskedFor(String shell) throws Exception {
    try (RealSshd sshd = RealSshd.builder().loginShell(shell).start()) {
      assertTrue(said(sshd, "echo $0").strip().endsWith(shell));
    }
  }

  @Test
  void powerShellCanBeTheLoginShell() throws Exception {
    try (RealSshd sshd = RealSshd.builder().loginShell("pwsh").start()) {
      assertEquals("2", said(sshd, "(1, 2).Length").strip());
    }
  }

  @Test
  void theUserHasAHomeAndTheTestsPath() throws Exception {
    try (RealSshd sshd = RealSshd.start()) {
      assertEquals(
          sshd.home() + "\n" + System.getenv("PATH") + "\n", said(sshd, "pwd; echo \"$PATH\""));
    }
  }

  @Test
  void hostCertificatesAreOffered() throws Exception {
    try (RealSshd sshd = RealSshd.builder().hostCertificate().start()) {
      assertTrue(Files.readString(sshd.knownHosts()).startsWith("@cert-authority "));
      assertEquals("certified", said(sshd, "echo certified").strip());
    }
  }

  @Test
  void userCertificatesAreTaken() throws Exception {
    try (RealSshd sshd = RealSshd.start()) {
      Path key = sshd.newStrangeKey("stranger", "-t", "ecdsa");
      assertEquals(
          255, strange(sshd, "exit 0", "-i", key, "-o", "BatchMode=yes").start().waitFor());
      Path certificate = sshd.certify(key);
      assertTrue(Files.exists(certificate), certificate.toString());
      assertEquals(0, strange(sshd, "exit 0", "-i", key, "-o", "BatchMode=yes").start().waitFor());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thePasswordIsTaken(boolean pam) throws Exception {
    String secret = "geh'eim \u00fc";
    RealSshd.Builder builder = RealSshd.builder();
    builder = pam ? builder.keyboardInteractive(secret) : builder.password(secret);
    try (RealSshd sshd = builder.start()) {
      Path ask = sshd.folder().resolve("ask");
      Files.writeString(ask, "#!/bin/sh\ncat <<'END'\n" + secret + "\nEND\n");
      assertTrue(ask.toFile().setExecutable(true));
      ProcessBuilder client = strange(sshd, "echo in");
      client.environment().put("SSH_ASKPASS", ask.toString());
      client.environment().put("SSH_ASKPASS_REQUIRE", "force");
      assertEquals("in\n", said(client));
      String method = pam ? "keyboard-interactive/pam" : "password";
      assertTrue(sshd.log().contains("Accepted " + method), sshd::log);
    }
  }

  @Test
  void closingEndsWhatASessionLeftRunning() throws Exception {
    RealSshd sshd = RealSshd.start();
    List<ProcessHandle> left;
    try (sshd) {
      said(sshd, "sleep 1000 >/dev/null 2>&1 </dev/null & sleep 1001 >/dev/null 2>&1 </dev/null &");
      left = sshd.userProcesses();
      assertEquals(2, left.size());
    }
    assertFalse(left.stream().anyMatch(ProcessHandle::isAlive));
    assertFalse(Files.exists(sshd.folder()));
  }

  @Test
  void sessionsCanBeKilledAndTheServerRestarted() throws Exception {
    try (RealSshd sshd = RealSshd.start()) {
      Process client = client(sshd, "echo ready; cat").start();
      assertEquals('r', client.getInputStream().read());
      sshd.stop();
      assertFalse(sshd.sessionProcesses().isEmpty());
      sshd.killSessions();
      assertEquals(255, client.waitFor());
      assertEquals(255, client(sshd, "exit 0").start().waitFor());
      sshd.restart();
      assertEquals(0, client(sshd, "exit 0").start().waitFor());
    }
  }

  private static String said(RealSshd sshd, String command) throws Exception {
    return said(client(sshd, command));
  }

  private static String said(ProcessBuilder client) throws Exception {
    Process process = client.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", client.command()));
    return output;
  }

  private static ProcessBuilder client(RealSshd sshd, String command) {
    return process(sshd, sshd.client("ssh"), command);
  }

  private static ProcessBuilder strange(RealSshd sshd, String command, Object... options) {
    List<String> line = new ArrayList<>(sshd.strangeClient("ssh"));
    Stream.of(options).map(Object::toString).forEach(line::add);
    return process(sshd, line, command);
  }

  private static ProcessBuilder process(RealSshd sshd, List<String> client, String command) {
    List<String> line = new ArrayList<>(client);
    Collections.addAll(line, sshd.user() + "@127.0.0.1", command);
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
  }
}
