package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on {@code pwsh}. */
@RequiresProgram("pwsh")
class LocalContractTest extends ConnectionContract {
  @TempDir static Path folder;

  @Override
  protected Connection newConnection() throws Exception {
    return LocalPowerShell.named("pwsh");
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
