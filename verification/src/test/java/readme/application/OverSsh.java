package readme.application;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.ssh.SshOptions;

public final class OverSsh {
  private OverSsh() {}

  public static Connection open(char[] password) throws ConnectionException, InterruptedException {
    SshOptions options =
        SshOptions.builder().host("build01").username("admin").password(password).build();
    return Connections.open(options);
  }
}
