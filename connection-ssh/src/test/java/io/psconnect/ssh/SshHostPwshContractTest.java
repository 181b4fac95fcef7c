package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@code pwsh} behind the in-process host. */
@RequiresProgram("pwsh")
class SshHostPwshContractTest extends ConnectionContract {
  private static final String PASSWORD = "correct horse";

  @TempDir static Path folder;
  private static SshHost host;
  private static Path knownHosts;

  @BeforeAll
  static void startHost() {
    host =
        SshHost.builder().user(SshUser.named("admin").withPassword(PASSWORD)).home(folder).start();
    knownHosts = host.writeKnownHosts(folder.resolve("known_hosts"));
  }

  /** Connections that are closed leave nothing on the host. */
  @AfterAll
  void stopHost() {
    leaveNothingBehind();
    try (SshHost stopped = host) {
      Waiting.until(() -> "sessions: " + stopped.openSessions(), () -> stopped.openSessions() == 0);
      assertEquals(0, stopped.openChannels(), "channels");
      assertEquals(0, stopped.openProcesses(), "processes");
    }
  }

  @Override
  protected Connection newConnection() {
    return SshConnections.to(
        SshOptions.builder()
            .host("127.0.0.1")
            .port(host.port())
            .username("admin")
            .password(PASSWORD.toCharArray())
            .noAgent()
            .knownHosts(knownHosts)
            .powerShell("pwsh"));
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
