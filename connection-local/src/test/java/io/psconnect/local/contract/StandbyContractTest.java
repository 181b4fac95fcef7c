package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.local.LocalOptions;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@code pwsh} processes that were started ahead. */
@RequiresProgram("pwsh")
class StandbyContractTest extends ConnectionContract {
  @TempDir static Path folder;

  @Override
  protected Connection newConnection() throws Exception {
    return Connections.of(LocalOptions.builder().powerShell("pwsh").standby(2).build());
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
