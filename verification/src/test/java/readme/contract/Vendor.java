package readme.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.Connections;
import io.psconnect.testkit.contract.ConnectionContract;

/** What somebody's backend would have. Its contract class is nested, where nothing runs it. */
final class Vendor {
  private Vendor() {}

  record VendorOptions(String host) implements ConnectionOptions {
    static VendorOptions of(String host) {
      return new VendorOptions(host);
    }

    @Override
    public String backend() {
      return "vendor";
    }
  }

  static class VendorContractTest extends ConnectionContract {
    @Override
    protected Connection newConnection() throws Exception {
      return Connections.of(VendorOptions.of("build01"));
    }

    @Override
    protected String remoteFolder() {
      return "C:\\Windows\\Temp";
    }
  }
}
