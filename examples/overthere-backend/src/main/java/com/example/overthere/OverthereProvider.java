package com.example.overthere;

import static com.xebialabs.overthere.ConnectionOptions.ADDRESS;
import static com.xebialabs.overthere.ConnectionOptions.OPERATING_SYSTEM;
import static com.xebialabs.overthere.ConnectionOptions.PORT;
import static com.xebialabs.overthere.ConnectionOptions.USERNAME;

import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import io.psconnect.Connection;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.spi.PowerShellConnection;
import java.time.Duration;
import java.util.Locale;

/** Found by ServiceLoader; {@code overthere://user@host?protocol=ssh&os=unix}. */
public final class OverthereProvider implements ConnectionProvider {

  @Override
  public String id() {
    return OverthereOptions.BACKEND;
  }

  @Override
  public Class<OverthereOptions> optionsType() {
    return OverthereOptions.class;
  }

  @Override
  public OverthereOptions options(ConnectionUri uri) {
    uri.allowOptions("protocol", "os", "powershell");
    ConnectionOptions options = new ConnectionOptions();
    uri.host().ifPresent(host -> options.set(ADDRESS, host));
    uri.port().ifPresent(port -> options.set(PORT, port));
    uri.user().ifPresent(user -> options.set(USERNAME, user));
    uri.option("os")
        .map(os -> OperatingSystemFamily.valueOf(os.toUpperCase(Locale.ROOT)))
        .ifPresent(os -> options.set(OPERATING_SYSTEM, os));
    return new OverthereOptions(
        uri.option("protocol").orElse("local"), options, uri.option("powershell").orElse("pwsh"));
  }

  @Override
  public Connection connect(io.psconnect.ConnectionOptions options) {
    return new PowerShellConnection(
        new OverthereTransport((OverthereOptions) options), Duration.ofMinutes(5));
  }
}
