package readme.backend;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.spi.PowerShellConnection;
import java.time.Duration;

public final class NiceProvider implements ConnectionProvider {
  @Override
  public String id() {
    return "nice";
  }

  @Override
  public Class<NiceOptions> optionsType() {
    return NiceOptions.class;
  }

  @Override
  public NiceOptions options(ConnectionUri uri) {
    return new NiceOptions(uri.allowOptions("niceness").option("niceness").orElse("10"));
  }

  @Override
  public Connection connect(ConnectionOptions options) {
    return new PowerShellConnection(
        new NiceTransport((NiceOptions) options), Duration.ofMinutes(5));
  }
}
