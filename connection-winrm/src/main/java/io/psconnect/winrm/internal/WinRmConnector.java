package io.psconnect.winrm.internal;

import io.psconnect.Connection;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.shell.ShellSettings;

/** Puts the parts of a connection together as its options say. */
final class WinRmConnector {
  private final WinRmOptions options;

  private WinRmConnector(WinRmOptions options) {
    this.options = options;
  }

  static Connection connection(WinRmOptions options) {
    return new WinRmConnector(options).connection();
  }

  private Connection connection() {
    Endpoint endpoint = Endpoint.of(options);
    WinRmTransport transport =
        new WinRmTransport(
            new ConfiguredChannel(options, endpoint),
            ShellSettings.of(
                endpoint.url(),
                options.powerShell(),
                options.maxShells(),
                options.requestTimeout()),
            endpoint.authority());
    return new PowerShellConnection(transport, options.commandTimeout(), options.standby());
  }
}
