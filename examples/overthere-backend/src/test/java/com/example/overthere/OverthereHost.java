package com.example.overthere;

import io.psconnect.Connection;
import io.psconnect.ConnectionUri;
import io.psconnect.Connections;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Path;

/** The test kit's SSH host, as it can be run beside Overthere. */
final class OverthereHost {
  private OverthereHost() {}

  static SshHost start(String password, Path home) {
    return SshHost.builder()
        .user(SshUser.named("admin").withPassword(password))
        .home(home)
        .start();
  }

  /** As a user connects to it: the password goes beside the URI. */
  static Connection connection(SshHost host, String password) throws UnsupportedBackendException {
    String uri = "overthere://admin@127.0.0.1:%d?protocol=ssh&os=UNIX&connectionType=SFTP";
    return Connections.of(
        ConnectionUri.parse(uri.formatted(host.port()))
            .withSecret("password", password.toCharArray()));
  }
}
