package com.example.overthere;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.Capability;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
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

  @Override
  protected Connection newConnection() throws Exception {
    return OverthereHost.connection(host, PASSWORD);
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
}
