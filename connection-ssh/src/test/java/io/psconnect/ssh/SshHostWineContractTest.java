package io.psconnect.ssh;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.Capability;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on the Windows build of PowerShell under Wine, by the name that is the default,
 * behind a host without SFTP: files go to {@code C:\\} through PowerShell.
 */
@RequiresProgram({"powershell.exe", "wine"})
class SshHostWineContractTest extends ConnectionContract {
  private static final String PASSWORD = "correct horse";

  @TempDir static Path folder;
  @AutoClose private static SshHost host;
  private static Path knownHosts;

  @BeforeAll
  static void startHost() {
    host =
        SshHost.builder()
            .user(SshUser.named("admin").withPassword(PASSWORD))
            .home(folder)
            .withoutSftp()
            .start();
    knownHosts = host.writeKnownHosts(folder.resolve("known_hosts"));
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
            .knownHosts(knownHosts));
  }

  @Override
  protected String remoteFolder() {
    return "C:\\\\users\\\\Public";
  }

  @Override
  protected Map<Capability, String> missing() {
    return Map.of(
        Capability.ANY_FILE_NAME, "Windows allows no ASCII double quote in the name of a file");
  }

  /** Wine's client, when its server is busy. */
  @Override
  protected Optional<Pattern> platformNoise() {
    return Optional.of(Pattern.compile("wine client error:.*\\R?"));
  }
}
