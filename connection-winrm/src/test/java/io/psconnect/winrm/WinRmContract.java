package io.psconnect.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.winrm.WinRmHost;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@code pwsh} behind the in-process host, by one way to log in. */
abstract class WinRmContract extends ConnectionContract {
  static final String USER = "admin";
  static final String PASSWORD = "correct horse";

  private Path folder;
  private WinRmHost host;

  /** What the host is to offer. */
  abstract void offer(WinRmHost.Builder builder) throws Exception;

  /** Who logs in, and how. */
  abstract void login(WinRmOptions.Builder options, WinRmHost winRmHost) throws Exception;

  @BeforeAll
  void startHost(@TempDir Path temporary) throws Exception {
    folder = temporary;
    WinRmHost.Builder builder = WinRmHost.builder().home(folder);
    offer(builder);
    host = builder.start();
  }

  /** Connections that are closed leave nothing on the host. */
  @AfterAll
  void stopHost() {
    leaveNothingBehind();
    try (WinRmHost stopped = host) {
      assertEquals(0, stopped.openShells(), "shells");
      assertEquals(0, stopped.openProcesses(), "processes");
    }
  }

  @Override
  protected Connection newConnection() throws Exception {
    WinRmOptions.Builder options =
        WinRmOptions.builder().host(host.hostName()).port(host.port()).powerShell("pwsh");
    login(options, host);
    return Connections.of(options.build());
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
