package io.psconnect.local.internal;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.local.LocalOptions;
import io.psconnect.spi.PowerShellConnection;

/** Registers the backend {@code local}. */
public final class LocalProvider implements ConnectionProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public LocalProvider() {}

  @Override
  public String id() {
    return LocalOptions.BACKEND;
  }

  @Override
  public Class<? extends ConnectionOptions> optionsType() {
    return LocalOptions.class;
  }

  @Override
  public LocalOptions options(ConnectionUri uri) {
    uri.allowOptions("powershell", "standby", "timeout");
    if (uri.host().isPresent() || uri.user().isPresent() || uri.port().isPresent()) {
      throw new IllegalArgumentException(
          "'%s' names a host; the backend 'local' is this machine: write local:".formatted(uri));
    }
    LocalOptions.Builder builder = LocalOptions.builder();
    uri.option("powershell").ifPresent(builder::powerShell);
    uri.integer("standby").ifPresent(builder::standby);
    uri.duration("timeout").ifPresent(builder::commandTimeout);
    return builder.build();
  }

  @Override
  public Connection connect(ConnectionOptions options) {
    LocalOptions local = (LocalOptions) options;
    return new PowerShellConnection(
        new LocalTransport(local), local.commandTimeout(), local.standby());
  }
}
