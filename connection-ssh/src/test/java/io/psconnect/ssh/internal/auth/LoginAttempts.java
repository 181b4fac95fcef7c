package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.AuthenticationException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.Deadline;
import io.psconnect.ssh.SshOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;

/** Logs in as the backend does, to see what comes of it. */
final class LoginAttempts implements AutoCloseable {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final SshClient client = ClientBuilder.builder().build();

  LoginAttempts() {
    client.setServerKeyVerifier((session, address, key) -> true);
    Credentials.install(client);
    client.start();
  }

  /** The account of a login that succeeds. */
  String logIn(SshOptions.Builder options, Path... identityFiles) throws IOException {
    SshOptions built = options.build();
    try (Credentials credentials = Credentials.of(built)) {
      return logIn(built, credentials, identityFiles);
    }
  }

  String logIn(SshOptions options, Credentials credentials, Path... identityFiles)
      throws IOException {
    try (ClientSession session = connect(options);
        Login login =
            credentials.prepare(
                session, List.of(identityFiles), true, origin(options), Deadline.after(LONG))) {
      authenticate(session, login);
      return login.account();
    }
  }

  /** What is said of a login that fails, without where it was. */
  String refusal(SshOptions.Builder options, Path... identityFiles) {
    AuthenticationException refusal =
        assertThrows(AuthenticationException.class, () -> logIn(options, identityFiles));
    return refusal.getMessage().substring((origin(options.build()) + ": ").length());
  }

  private static Origin origin(SshOptions options) {
    return new Origin("ssh", options.host() + ":" + options.port().orElse(22), Phase.AUTHENTICATE);
  }

  private ClientSession connect(SshOptions options) throws IOException {
    return client
        .connect(options.username().orElse("nobody"), options.host(), options.port().orElse(22))
        .verify(LONG)
        .getSession();
  }

  private static void authenticate(ClientSession session, Login login) throws IOException {
    try {
      session.auth().verify(LONG);
    } catch (SshException e) {
      throw login.refused(e);
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
