package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.local.LocalOptions;

/** Connections of the local backend to a certain PowerShell on PATH. */
final class LocalPowerShell {
  private LocalPowerShell() {}

  static Connection named(String program) throws UnsupportedBackendException {
    return Connections.of(LocalOptions.builder().powerShell(program).build());
  }
}
