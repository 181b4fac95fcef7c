package com.example.overthere;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over Overthere's {@code local:}, with nothing missing. */
@RequiresProgram("pwsh")
class OverthereLocalContractTest extends ConnectionContract {
  @TempDir static Path folder;

  @Override
  protected Connection newConnection() throws Exception {
    return Connections.of("overthere:?protocol=local");
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
