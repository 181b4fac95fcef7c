package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import picocli.CommandLine.Option;

/** The host that a command is for, as it is named on the command line. */
final class HostOptions {
  @Option(
      names = "--url",
      paramLabel = "URI",
      defaultValue = "local:",
      description = {
        "The host, as backend://user@host?option=value. Default: local:, this machine.",
        "Options of local: powershell=PATH, timeout=TIME."
      })
  private String url;

  Connection open(ShutdownInterrupt shutdown) throws ConnectionException, InterruptedException {
    shutdown.arm();
    return Connections.open(url);
  }
}
