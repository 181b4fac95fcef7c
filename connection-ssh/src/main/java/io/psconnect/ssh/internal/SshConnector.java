package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.auth.Credentials;
import io.psconnect.ssh.internal.route.Hop;
import io.psconnect.ssh.internal.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;

/** Makes sessions with the host, by way of others if there are some. */
final class SshConnector implements AutoCloseable {
  private final SshOptions options;
  private final Function<Phase, Origin> origin;
  private final Credentials credentials;
  private final ReentrantLock lock = new ReentrantLock();
  private SshClient client;

  SshConnector(SshOptions options, Function<Phase, Origin> origin) {
    this.options = options;
    this.origin = origin;
    credentials = Credentials.of(options);
  }

  SshLink connect(Deadline deadline) throws ConnectionException, InterruptedException {
    List<ClientSession> sessions = new ArrayList<>();
    try {
      SessionEnd end = null;
      List<Hop> route = route();
      for (Hop hop : route) {
        boolean isTarget = sessions.size() == route.size() - 1;
        Dial dial = new Dial(client(), options, credentials, hop, isTarget, deadline);
        end = dial.end();
        dial.run(sessions);
      }
      return new SshLink(sessions, end);
    } catch (ConnectionException | InterruptedException | RuntimeException e) {
      sessions.forEach(session -> session.close(true));
      throw e;
    }
  }

  /** The configuration file is read by each connection, and may have been changed or removed. */
  private List<Hop> route() throws UnreachableException {
    try {
      return Route.of(options);
    } catch (IllegalArgumentException e) {
      throw new UnreachableException(origin.apply(Phase.CONNECT), e.getMessage(), e);
    }
  }

  /** Its threads are started by the first connection, and end with this. */
  private SshClient client() {
    lock.lock();
    try {
      if (client == null) {
        client = SshClients.started(options.keepAlive());
      }
      return client;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (client != null) {
        client.stop();
      }
    } finally {
      lock.unlock();
      credentials.close();
    }
  }
}
