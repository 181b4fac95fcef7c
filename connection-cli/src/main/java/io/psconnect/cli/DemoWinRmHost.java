package io.psconnect.cli;

import io.psconnect.ConnectionUri;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.winrm.WinRmHost;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A WinRM host in this process, over HTTPS, with a user whose password nobody else knows. */
final class DemoWinRmHost implements AutoCloseable {
  private static final String USER = "demo";

  private final String password = UUID.randomUUID().toString();
  private final String powerShell;
  private final WinRmHost host;

  /**
   * Starts it, with this PowerShell behind it, or else the stand-in.
   *
   * @param folder where its processes start
   */
  DemoWinRmHost(Path folder, Optional<Path> program, ScriptedPowerShell standIn) {
    WinRmHost.Builder builder =
        WinRmHost.builder().user(USER, password).ntlm().https().home(folder);
    program.ifPresentOrElse(builder::powerShell, () -> builder.powerShell(standIn));
    powerShell = program.map(path -> path.getFileName().toString()).orElse("powershell.exe");
    host = builder.start();
  }

  /** The URI of the host, with the password beside it. */
  ConnectionUri uri() {
    return ConnectionUri.parse(
            "winrm://%s@%s:%d?fingerprint=%s&powershell=%s"
                .formatted(USER, host.hostName(), host.port(), host.fingerprint(), powerShell))
        .withSecret("password", password.toCharArray());
  }

  @Override
  public void close() {
    host.close();
  }
}
