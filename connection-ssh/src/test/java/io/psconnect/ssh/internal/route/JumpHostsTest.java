package io.psconnect.ssh.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.UnreachableException;
import io.psconnect.ssh.RealSshd;
import io.psconnect.ssh.SshOptions;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By way of one real sshd to another, as a configuration file says. */
@RequiresProgram({"sshd", "pwsh"})
class JumpHostsTest {
  @AutoClose private static RealSshd bastion;
  @AutoClose private static RealSshd host;

  @TempDir Path folder;
  private Path config;

  @BeforeAll
  static void start() {
    bastion = RealSshd.start();
    host = RealSshd.builder().hostCertificate().start();
  }

  @BeforeEach
  void writeConfiguration() throws IOException {
    config =
        Files.write(
            folder.resolve("config"),
            List.of(
                "Host inner",
                "  HostName 127.0.0.1",
                "  Port " + host.port(),
                "  User " + host.user(),
                "  IdentityFile " + host.userKey(),
                "  UserKnownHostsFile " + host.knownHosts(),
                "  ProxyJump bastion",
                "Host bastion",
                "  HostName 127.0.0.1",
                "  Port " + bastion.port(),
                "  User " + bastion.user(),
                "  IdentityFile " + bastion.userKey(),
                "  UserKnownHostsFile " + bastion.knownHosts()));
  }

  private SshOptions.Builder inner() {
    return SshOptions.builder().host("inner").configFile(config).noAgent().powerShell("pwsh");
  }

  @Test
  void scriptRunsOnTheHostBehindTheOther() throws Exception {
    bastion.clearLog();
    try (Connection connection = Connections.open(inner().build())) {
      assertEquals("42", connection.runScript(Script.of("40+2")).stdout().strip());
    }
    assertTrue(bastion.log().contains("Accepted publickey"), bastion.log());
  }

  @Test
  void keyOfTheJumpHostIsCheckedToo() {
    SshOptions options = inner().knownHosts(host.knownHosts()).build();
    String message =
        assertThrows(UnreachableException.class, () -> Connections.open(options)).getMessage();
    assertTrue(
        message.contains("host key of 127.0.0.1:%d is not known".formatted(bastion.port())),
        message);
  }

  @Test
  void keyOfTheHostIsCheckedBehindTheOther() {
    SshOptions options = inner().knownHosts(bastion.knownHosts()).build();
    String message =
        assertThrows(UnreachableException.class, () -> Connections.open(options)).getMessage();
    assertTrue(
        message.contains("host key of 127.0.0.1:%d is not known".formatted(host.port())), message);
  }
}
