package io.psconnect.winrm.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.http.HttpSettings;
import io.psconnect.winrm.internal.http.PooledHttpChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel as the options say. It is made when it is first needed, because files are read for it:
 * that one of them is missing is for {@code open()} to tell.
 */
final class ConfiguredChannel implements HttpChannel {
  private final WinRmOptions options;
  private final Endpoint endpoint;
  private final ReentrantLock lock = new ReentrantLock();
  private PooledHttpChannel made;
  private boolean closed;

  /** The options are copied, and the copy is wiped with this. */
  ConfiguredChannel(WinRmOptions options, Endpoint endpoint) {
    this.options = options.toBuilder().build();
    this.endpoint = endpoint;
  }

  @Override
  public Answer send(byte[] message, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    return channel(phase).send(message, phase, deadline);
  }

  private HttpChannel channel(Phase phase) throws ConnectionException {
    lock.lock();
    try {
      if (closed) {
        throw new ConnectionException(
            endpoint.origin(phase), ScriptState.NOT_STARTED, "the connection is closed", null);
      }
      if (made == null) {
        made = make();
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  private PooledHttpChannel make() throws ConnectionException {
    HttpSettings settings =
        new HttpSettings(
            endpoint.host(),
            endpoint.port(),
            Endpoint.PATH,
            Tls.of(options),
            options.proxy().map(ConfiguredChannel::address),
            options.connectTimeout(),
            options.requestTimeout(),
            endpoint::origin);
    return new PooledHttpChannel(settings, Logins.of(options));
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return InetSocketAddress.createUnresolved(
        hostAndPort.substring(0, colon).replaceAll("[\\[\\]]", ""),
        Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (made != null) {
        made.close();
      }
      options.destroy();
    } finally {
      lock.unlock();
    }
  }
}
