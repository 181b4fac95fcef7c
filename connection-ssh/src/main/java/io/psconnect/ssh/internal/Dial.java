package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.auth.Credentials;
import io.psconnect.ssh.internal.auth.Login;
import io.psconnect.ssh.internal.route.Hop;
import io.psconnect.ssh.internal.trust.HostKeyPolicy;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/**
 * One host is reached and logged in to, stage by stage. Each stage is waited for by the caller's
 * thread, which can be interrupted, until the deadline.
 */
final class Dial {
  private static final System.Logger LOG = System.getLogger(Dial.class.getName());

  private final SshClient client;
  private final Credentials credentials;
  private final Hop hop;
  private final boolean isTarget;
  private final Deadline deadline;
  private final HostKeyPolicy hostKeys;
  private final SessionEnd end = new SessionEnd();
  private ExplicitPortForwardingTracker forwarding;

  /**
   * @param isTarget whether this is the host that is wanted, and not one on the way to it
   */
  Dial(
      SshClient client,
      SshOptions options,
      Credentials credentials,
      Hop hop,
      boolean isTarget,
      Deadline deadline)
      throws ConnectionException {
    this.client = client;
    this.credentials = credentials;
    this.hop = hop;
    this.isTarget = isTarget;
    this.deadline = deadline;
    hostKeys = HostKeyPolicy.of(options, hop, origin(Phase.CONNECT));
  }

  SessionEnd end() {
    return end;
  }

  /** Called by the client when the session has been made, before it says anything. */
  void prepare(ClientSession session) {
    session.addSessionListener(end);
    hostKeys.prepare(session);
  }

  /**
   * Adds the session with this host to the others.
   *
   * @param sessions with the hosts on the way; the last one reaches this host
   */
  void run(List<ClientSession> sessions) throws ConnectionException, InterruptedException {
    ClientSession session = withKeys(sessions);
    try (Login login = login(session)) {
      authenticate(session, login);
    }
  }

  private ClientSession withKeys(List<ClientSession> sessions)
      throws ConnectionException, InterruptedException {
    try {
      ClientSession session =
          sessions.isEmpty() ? reached() : reachedThrough(sessions.get(sessions.size() - 1));
      sessions.add(session);
      await(end.keysExchanged(), "exchanging keys");
      return session;
    } finally {
      stopForwarding();
    }
  }

  private Login login(ClientSession session) throws ConnectionException {
    return credentials.prepare(
        session, hop.identityFiles(), isTarget, origin(Phase.AUTHENTICATE), deadline);
  }

  /** The first of the host's addresses that answers. */
  private ClientSession reached() throws ConnectionException, InterruptedException {
    UnreachableException failure = null;
    for (InetAddress address : await(addresses(), "looking up " + hop.host())) {
      try {
        return connected(new InetSocketAddress(address, hop.port()));
      } catch (UnreachableException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** The look-up cannot be interrupted, so it has a thread of its own. */
  private CompletableFuture<InetAddress[]> addresses() {
    CompletableFuture<InetAddress[]> addresses = new CompletableFuture<>();
    Thread thread = new Thread(() -> resolve(addresses), "psconnect-ssh-name-" + hop.host());
    thread.setDaemon(true);
    thread.start();
    return addresses;
  }

  private void resolve(CompletableFuture<InetAddress[]> addresses) {
    try {
      addresses.complete(InetAddress.getAllByName(hop.host()));
    } catch (UnknownHostException e) {
      addresses.completeExceptionally(e);
    }
  }

  private ClientSession connected(InetSocketAddress address)
      throws ConnectionException, InterruptedException {
    ConnectFuture connecting = start(address);
    CompletableFuture<ClientSession> session = new CompletableFuture<>();
    connecting.addListener(done -> settle(session, done));
    try {
      return await(session, "connecting to " + address.getAddress().getHostAddress());
    } catch (ConnectionException | InterruptedException e) {
      connecting.cancel();
      session.thenAccept(late -> late.close(true));
      throw e;
    }
  }

  private static void settle(CompletableFuture<ClientSession> session, ConnectFuture done) {
    if (done.isConnected()) {
      session.complete(done.getClientSession());
    } else {
      session.completeExceptionally(
          done.getException() == null ? new IOException("cancelled") : done.getException());
    }
  }

  private ConnectFuture start(InetSocketAddress address) throws ConnectionException {
    try {
      return client.connect(
          hop.user(), address, AttributeRepository.ofKeyValuePair(SshClients.DIAL, this), null);
    } catch (IOException e) {
      throw unreachable(e.getMessage(), e);
    }
  }

  /** By a port of this machine, which is open until the host has answered. */
  private ClientSession reachedThrough(ClientSession way)
      throws ConnectionException, InterruptedException {
    try {
      forwarding =
          way.createLocalPortForwardingTracker(
              new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress(hop.host(), hop.port()));
    } catch (IOException e) {
      throw unreachable("the host on the way does not forward: " + e.getMessage(), e);
    }
    return connected(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), forwarding.getBoundAddress().getPort()));
  }

  /** The connection that was made by it stays. */
  private void stopForwarding() {
    try {
      if (forwarding != null) {
        forwarding.close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> origin(Phase.CONNECT) + ": the port could not be closed", e);
    }
  }

  private void authenticate(ClientSession session, Login login)
      throws ConnectionException, InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      session.auth().addListener(auth -> settle(done, auth));
      done.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(Phase.AUTHENTICATE, "authenticating");
    } catch (IOException e) {
      throw unreachable(e.getMessage(), e);
    } catch (ExecutionException e) {
      throw end.isRefusal(e.getCause())
          ? login.refused(e.getCause())
          : unreachable("the session was lost while authenticating: " + end.reason(), e.getCause());
    }
  }

  private static void settle(CompletableFuture<Void> done, AuthFuture auth) {
    if (auth.isSuccess()) {
      done.complete(null);
    } else {
      done.completeExceptionally(
          auth.getException() == null ? new IOException("cancelled") : auth.getException());
    }
  }

  private <T> T await(CompletableFuture<T> step, String stage)
      throws ConnectionException, InterruptedException {
    try {
      return step.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(Phase.CONNECT, stage);
    } catch (ExecutionException e) {
      throw failed(stage, e.getCause());
    }
  }

  private ConnectionException failed(String stage, Throwable cause) {
    if (hostKeys.refusal().isPresent()) {
      return unreachable(hostKeys.refusal().get(), cause);
    }
    if (cause instanceof UnknownHostException) {
      return unreachable(
          "no address is known for the name %s; check the spelling, and the DNS"
              .formatted(hop.host()),
          cause);
    }
    if (!end.firstLine().isEmpty()) {
      return unreachable(
          "port %d answers, but not as an SSH server; it said: %s"
              .formatted(hop.port(), end.firstLine()),
          cause);
    }
    return unreachable("%s failed: %s".formatted(stage, reason(cause)), cause);
  }

  /** MINA puts an exception around an exception, whose message then begins with a class. */
  private String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof ConnectException
        ? "%s; see that sshd runs there and listens on port %d, and that no firewall forbids it"
            .formatted(root.getMessage(), hop.port())
        : String.valueOf(root.getMessage());
  }

  private UnreachableException unreachable(String message, Throwable cause) {
    return new UnreachableException(origin(Phase.CONNECT), message, cause);
  }

  private ConnectionTimeoutException timedOut(Phase phase, String stage) {
    return new ConnectionTimeoutException(
        origin(phase),
        ScriptState.NOT_STARTED,
        Termination.NOT_NEEDED,
        "no answer within %s, while %s; check the host, the port and the firewalls between"
            .formatted(DurationText.of(deadline.allowed()), stage));
  }

  private Origin origin(Phase phase) {
    return new Origin(SshOptions.BACKEND, hop.place(), phase);
  }
}
