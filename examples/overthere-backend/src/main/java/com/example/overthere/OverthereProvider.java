package com.example.overthere;

import com.xebialabs.overthere.ConnectionOptions;
import io.psconnect.Connection;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.spi.PowerShellConnection;
import java.time.Duration;

/** {@code overthere://user@host?protocol=ssh&os=UNIX&connectionType=SCP}, by ServiceLoader. */
public final class OverthereProvider implements ConnectionProvider {
  @Override
  public String id() {
    return "overthere";
  }

  @Override
  public Class<OverthereOptions> optionsType() {
    return OverthereOptions.class;
  }

  /** A password goes beside the URI, and stays in memory: Overthere takes Strings alone. */
  @Override
  public OverthereOptions options(ConnectionUri uri) {
    uri.allowOptions("protocol", "os", "connectionType", "powershell");
    ConnectionOptions options = new ConnectionOptions();
    uri.host().ifPresent(host -> options.set(ConnectionOptions.ADDRESS, host));
    uri.port().ifPresent(port -> options.set(ConnectionOptions.PORT, port));
    uri.user().ifPresent(user -> options.set(ConnectionOptions.USERNAME, user));
    uri.secret("password").map(String::new).ifPresent(s -> options.set("password", s));
    uri.option("os").ifPresent(os -> options.set("os", os));
    uri.option("connectionType").ifPresent(type -> options.set("connectionType", type));
    return new OverthereOptions(
        uri.option("protocol").orElse("local"), options, uri.option("powershell").orElse("pwsh"));
  }

  @Override
  public Connection connect(io.psconnect.ConnectionOptions options) {
    return new PowerShellConnection(
        new OverthereTransport((OverthereOptions) options), Duration.ofMinutes(5));
  }
}
