package io.psconnect.ssh.internal;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;

/** Registers the backend {@code ssh}. */
public final class SshProvider implements ConnectionProvider {
  private static final String PASSWORD = "password";
  private static final String PASSPHRASE = "passphrase";

  /** Called by {@link java.util.ServiceLoader}. */
  public SshProvider() {}

  @Override
  public String id() {
    return SshOptions.BACKEND;
  }

  @Override
  public Class<? extends ConnectionOptions> optionsType() {
    return SshOptions.class;
  }

  @Override
  public SshOptions options(ConnectionUri uri) {
    uri.allowOptions(
        "agent",
        "certificate",
        "config",
        "connect-timeout",
        "fingerprint",
        "insecure",
        "jump",
        "keepalive",
        "key",
        "known-hosts",
        "max-sessions",
        "powershell",
        "standby",
        "timeout");
    SshOptions.Builder builder = SshOptions.builder();
    builder.host(uri.host().orElseThrow(() -> noHost(uri)));
    uri.port().ifPresent(builder::port);
    uri.user().ifPresent(builder::username);
    uri.secret(PASSWORD).ifPresent(builder::password);
    uri.secret(PASSPHRASE).ifPresent(builder::passphrase);
    uri.option("key").map(Path::of).ifPresent(builder::privateKeyPath);
    uri.option("certificate").map(Path::of).ifPresent(builder::certificatePath);
    uri.option("agent").ifPresent(value -> agent(builder, value));
    uri.option("known-hosts").map(Path::of).ifPresent(builder::knownHosts);
    uri.option("fingerprint").ifPresent(text -> builder.hostKeyFingerprint(text.split(",")));
    uri.option("insecure").ifPresent(value -> insecure(builder, value));
    uri.option("jump").ifPresent(text -> builder.proxyJump(text.split(",")));
    uri.option("config").map(Path::of).ifPresent(builder::configFile);
    uri.duration("timeout").ifPresent(builder::commandTimeout);
    uri.duration("connect-timeout").ifPresent(builder::connectTimeout);
    uri.duration("keepalive").ifPresent(builder::keepAlive);
    uri.option("powershell").ifPresent(builder::powerShell);
    uri.integer("max-sessions").ifPresent(builder::maxSessions);
    uri.integer("standby").ifPresent(builder::standby);
    return builder.build();
  }

  private static IllegalArgumentException noHost(ConnectionUri uri) {
    return new IllegalArgumentException(
        "'%s' names no host; write it as ssh://user@host:port".formatted(uri));
  }

  private static void agent(SshOptions.Builder builder, String value) {
    if (value.equals("none")) {
      builder.noAgent();
    } else {
      builder.agentSocket(Path.of(value));
    }
  }

  private static void insecure(SshOptions.Builder builder, String value) {
    switch (value) {
      case "true" -> builder.acceptAnyHostKey();
      case "false" -> {}
      default ->
          throw new IllegalArgumentException(
              "option 'insecure' is '%s'; it must be true or false".formatted(value));
    }
  }

  @Override
  public Connection connect(ConnectionOptions options) {
    SshOptions ssh = (SshOptions) options;
    return new PowerShellConnection(new SshTransport(ssh), ssh.commandTimeout(), ssh.standby());
  }
}
