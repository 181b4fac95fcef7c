package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionUri;
import io.psconnect.Connections;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The host that a command is for, as it is named on the command line. */
final class HostOptions {
  @Option(
      names = "--url",
      paramLabel = "URI",
      description = {
        "The host, as backend://user@host?option=value. Default: local:, this machine.",
        "Options of local: powershell=PATH, standby=N, timeout=TIME.",
        "Options of ssh: agent=SOCKET (or none), certificate=PATH, config=PATH,"
            + " connect-timeout=TIME, fingerprint=SHA256:..., insecure=true, jump=USER@HOST,"
            + " keepalive=TIME, key=PATH, known-hosts=PATH, max-sessions=N, powershell=PATH,"
            + " standby=N, timeout=TIME.",
        "Options of winrm: allow-unencrypted=true, auth=WAY, ca=PATH, ccache=PATH,"
            + " certificate=PATH, connect-timeout=TIME, delegation=true, fingerprint=SHA256:...,"
            + " http=true, insecure=true, key=PATH, keytab=PATH, krb5-conf=PATH, max-shells=N,"
            + " powershell=PATH, proxy=HOST:PORT, realm=NAME, request-timeout=TIME,"
            + " spn=HTTP/HOST, standby=N, timeout=TIME."
      })
  private String url;

  @Mixin private final WinRmShorthands shorthands = new WinRmShorthands();

  @Mixin private final Secrets secrets;

  private final ShutdownInterrupt shutdown;

  HostOptions(Terminal terminal, ShutdownInterrupt shutdown) {
    secrets = new Secrets(terminal.tty(), terminal.environment());
    this.shutdown = shutdown;
  }

  Optional<String> url() {
    return Optional.ofNullable(url);
  }

  /** A file on this machine, whose name may be what was meant for --password. */
  TypedFile file(String purpose, String name) {
    return new TypedFile(purpose, name, secrets.areAskedFor());
  }

  /** The host and the path of a word, which may be what was meant for --password. */
  CopyTarget target(String text) {
    try {
      return CopyTarget.parse(text);
    } catch (IllegalArgumentException e) {
      throw secrets.areAskedFor()
          ? new IllegalArgumentException(e.getMessage() + "; " + Secrets.TAKE_NO_VALUE, e)
          : e;
    }
  }

  /** The host that is named, with all that was typed beside it but secrets. */
  ConnectionUri uri() {
    return withShorthands(ConnectionUri.parse(url().orElse("local:")));
  }

  ConnectionUri withShorthands(ConnectionUri uri) {
    return shorthands.addTo(uri);
  }

  /** A connection to the host that is named, not open yet. */
  Connection connection() throws ConnectionException {
    return connection(uri());
  }

  /** A connection to this host, not open yet; from now on there may be something to end. */
  Connection connection(ConnectionUri uri) throws ConnectionException {
    ConnectionUri withSecrets = secrets.addTo(uri);
    try {
      shutdown.arm();
      return Connections.of(withSecrets);
    } finally {
      withSecrets.wipe();
    }
  }
}
