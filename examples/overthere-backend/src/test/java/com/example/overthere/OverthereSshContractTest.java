package com.example.overthere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.ConnectionUri;
import io.psconnect.Connections;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.contract.Capability;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over Overthere's {@code ssh:}. */
@RequiresProgram("pwsh")
class OverthereSshContractTest extends ConnectionContract {
  private static final String PASSWORD = "correct horse";

  @TempDir static Path folder;
  @AutoClose private static SshHost host;

  @BeforeAll
  static void startHost() {
    host = OverthereHost.start(PASSWORD, folder);
  }

  private static Connection connection(String password) {
    ConnectionUri uri =
        ConnectionUri.parse(
                "overthere://admin@127.0.0.1:%d?protocol=ssh&os=UNIX&connectionType=SFTP"
                    .formatted(host.port()))
            .withSecret("password", password.toCharArray());
    try {
      return Connections.of(uri);
    } catch (UnsupportedBackendException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Connection newConnection() {
    return connection(PASSWORD);
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }

  @Override
  protected Map<Capability, String> missing() {
    return Map.of(
        Capability.DETACHED_CHILD,
        "Overthere gives the exit code of an SSH command when its channel is closed, which is when"
            + " the last process has let go of the streams");
  }

  @Test
  void wrongPasswordIsSaidToBeThat() {
    try (Connection connection = connection("battery staple")) {
      AuthenticationException refused =
          assertThrows(AuthenticationException.class, connection::open);
      assertEquals("overthere", refused.backend());
      assertFalse(refused.getMessage().contains("battery"), refused.getMessage());
    }
  }
}
