package io.psconnect.winrm.internal.http;

import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** One connection is made: name, TCP, proxy, TLS and login. Another thread may give it up. */
final class Dial {
  private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final HttpSettings settings;
  private final Optional<TlsSockets> tls;
  private final Handshake handshake;
  private final Deadline deadline;
  private final SocketAttempt attempt = new SocketAttempt();
  private volatile String stage = "looking up the name";
  private volatile Phase phase = Phase.CONNECT;

  Dial(HttpSettings settings, Optional<TlsSockets> tls, Handshake handshake, Deadline deadline) {
    this.settings = settings;
    this.tls = tls;
    this.handshake = handshake;
    this.deadline = deadline;
  }

  /** What was being done, for somebody whose patience has ended. */
  String stage() {
    return stage;
  }

  Phase phase() {
    return phase;
  }

  void abandon() {
    attempt.abandon();
  }

  boolean isAbandoned() {
    return attempt.isAbandoned();
  }

  HttpConnection run() throws IOException {
    try {
      return loggedIn(reached());
    } catch (IOException | RuntimeException | Error e) {
      attempt.abandon();
      throw e;
    }
  }

  private RawSocket reached() throws IOException {
    if (settings.proxy().isEmpty()) {
      return connected("the host", settings.host(), settings.port());
    }
    InetSocketAddress proxy = settings.proxy().get();
    String name = proxy.getHostString() + ":" + proxy.getPort();
    RawSocket socket = connected("the proxy " + name, proxy.getHostString(), proxy.getPort());
    stage = "waiting for the proxy " + name;
    new ProxyTunnel(settings, name).open(socket);
    return socket;
  }

  /** The first of the addresses that answers. */
  private RawSocket connected(String what, String host, int port) throws IOException {
    InetAddress[] addresses = addresses(what, host);
    stage = "connecting to " + what;
    IOException failure = null;
    for (int i = 0; i < addresses.length && !attempt.isAbandoned(); i++) {
      RawSocket socket = attempt.open();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(addresses[i], port), patience(addresses.length - i));
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw unreachable(refused(what, port, failure), failure);
  }

  private InetAddress[] addresses(String what, String host) throws UnreachableException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw unreachable(
          "%s: no address is known for the name '%s'; check its spelling and the DNS"
              .formatted(what, host),
          e);
    }
  }

  /** An address that does not answer leaves time for the others; the last has all there is. */
  private int patience(int addressesLeft) {
    if (addressesLeft == 1) {
      return 0;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()) / addressesLeft;
    return (int) Math.max(1, Math.min(MOST_MILLIS, millis));
  }

  private static String refused(String what, int port, IOException failure) {
    return ("%s does not take connections on port %d (%s); check that it is up, the port, and the"
            + " firewalls (WinRM: 5985 for HTTP, 5986 for HTTPS; 'winrm quickconfig' sets it up)")
        .formatted(what, port, failure == null ? "given up" : failure.getMessage());
  }

  private UnreachableException unreachable(String message, Exception cause) {
    return new UnreachableException(settings.origin(Phase.CONNECT), message, cause);
  }

  private HttpConnection loggedIn(RawSocket socket) throws IOException {
    if (tls.isEmpty()) {
      return loggedIn(new HttpConnection(settings, socket, socket), Optional.empty());
    }
    stage = "waiting for TLS";
    phase = Phase.TLS;
    SSLSocket ssl = tls.get().secure(socket);
    return loggedIn(new HttpConnection(settings, socket, ssl), ChannelBinding.of(ssl.getSession()));
  }

  private HttpConnection loggedIn(HttpConnection connection, Optional<byte[]> binding)
      throws IOException {
    stage = "logging in";
    phase = Phase.AUTHENTICATE;
    try {
      handshake.run(connection, binding);
      if (attempt.isAbandoned()) {
        throw new IOException("given up");
      }
      return connection;
    } catch (IOException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }
}
