package io.psconnect.winrm.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.http.Credentials;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.http.HttpSettings;
import io.psconnect.winrm.internal.http.PooledHttpChannel;
import io.psconnect.winrm.internal.http.TlsSettings;
import io.psconnect.winrm.internal.http.TlsSettings.ClientCertificate;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A channel as the options say. It is made when it is first needed, because files are read for it:
 * that one of them is missing is for {@code open()} to tell.
 */
final class ConfiguredChannel implements HttpChannel {
  private final Endpoint endpoint;
  private final HttpSettings settings;
  private final Credentials credentials;
  private final ReentrantLock lock = new ReentrantLock();
  private PooledHttpChannel made;
  private boolean closed;

  /** The options' secrets are copied once each, and the copies are wiped with this. */
  ConfiguredChannel(WinRmOptions options, Endpoint endpoint) {
    this.endpoint = endpoint;
    settings =
        new HttpSettings(
            endpoint.host(),
            endpoint.port(),
            Endpoint.PATH,
            Tls.of(options),
            options.proxy().map(ConfiguredChannel::address),
            options.connectTimeout(),
            options.requestTimeout(),
            endpoint::origin);
    credentials = Logins.of(options);
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
        made = new PooledHttpChannel(settings, credentials);
      }
      return made;
    } finally {
      lock.unlock();
    }
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
      credentials.close();
      settings.tls().flatMap(TlsSettings::client).ifPresent(ClientCertificate::wipe);
    } finally {
      lock.unlock();
    }
  }
}
