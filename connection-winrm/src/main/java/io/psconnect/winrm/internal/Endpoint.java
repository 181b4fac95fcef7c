package io.psconnect.winrm.internal;

import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.HostPort;
import io.psconnect.winrm.WinRmOptions;

/**
 * Where the host listens.
 *
 * @param scheme {@code https} or {@code http}
 * @param host a name or an address, without brackets
 * @param port its port
 */
record Endpoint(String scheme, String host, int port) {
  /** Where every WinRM listener has its service, unless somebody has changed that. */
  static final String PATH = "/wsman";

  static Endpoint of(WinRmOptions options) {
    return new Endpoint(options.https() ? "https" : "http", options.host(), options.port());
  }

  String url() {
    return scheme + "://" + authority() + PATH;
  }

  String authority() {
    return HostPort.text(host, port);
  }

  Origin origin(Phase phase) {
    return new Origin(WinRmOptions.BACKEND, authority(), phase);
  }
}
