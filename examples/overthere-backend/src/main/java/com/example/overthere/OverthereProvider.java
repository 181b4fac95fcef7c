package com.example.overthere;

import com.xebialabs.overthere.ConnectionOptions;
import io.psconnect.Connection;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.spi.PowerShellConnection;
import java.time.Duration;
import java.util.List;

/** {@code overthere://user@host?protocol=ssh&os=UNIX&connectionType=SCP}, by ServiceLoader. */
public final class OverthereProvider implements ConnectionProvider {
  @Override
  public String id() {
    return OverthereOptions.BACKEND;
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
    for (String name : List.of("os", "connectionType")) {
      uri.option(name).ifPresent(value -> options.set(name, value));
    }
    return new OverthereOptions(
        uri.option("protocol").orElse("local"), options, uri.option("powershell").orElse("pwsh"));
  }

  @Override
  public Connection connect(io.psconnect.ConnectionOptions options) {
    return new PowerShellConnection(
        new OverthereTransport((OverthereOptions) options), Duration.ofMinutes(5));
  }
}
