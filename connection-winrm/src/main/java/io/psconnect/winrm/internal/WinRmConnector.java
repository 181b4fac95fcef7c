package io.psconnect.winrm.internal;

import io.psconnect.Connection;
import io.psconnect.winrm.WinRmOptions;

/** Puts the parts of a connection together as its options say. */
final class WinRmConnector {
  private WinRmConnector() {}

  static Connection connection(WinRmOptions options) {
    throw new UnsupportedOperationException(options.toString());
  }
}
