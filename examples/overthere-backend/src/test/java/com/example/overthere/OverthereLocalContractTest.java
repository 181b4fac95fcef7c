package com.example.overthere;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over Overthere's {@code local:}. */
@RequiresProgram("pwsh")
class OverthereLocalContractTest extends ConnectionContract {
  @TempDir static Path folder;

  @Override
  protected Connection newConnection() {
    return new OverthereProvider().connect(new OverthereProvider().options(uri()));
  }

  private static io.psconnect.ConnectionUri uri() {
    return io.psconnect.ConnectionUri.parse("overthere:?protocol=local");
  }

  @Override
  protected String remoteFolder() {
    return folder.toString();
  }
}
