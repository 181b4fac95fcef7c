package io.psconnect.winrm;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.UnsupportedBackendException;

/** Connections of this module's backend. */
final class WinRmConnections {
  private WinRmConnections() {}

  static Connection to(WinRmOptions.Builder options) {
    try {
      return Connections.of(options.build());
    } catch (UnsupportedBackendException e) {
      throw new AssertionError("this module is the backend", e);
    }
  }
}
