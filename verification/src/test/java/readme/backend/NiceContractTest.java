package readme.backend;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;

@RequiresProgram({"nice", "pwsh"})
class NiceContractTest extends ConnectionContract {
  @Override
  protected Connection newConnection() {
    return new NiceProvider().connect(new NiceOptions("10"));
  }

  @Override
  protected String remoteFolder() {
    return "/tmp";
  }
}
