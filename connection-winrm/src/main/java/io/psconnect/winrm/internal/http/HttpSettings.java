package io.psconnect.winrm.internal.http;

import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.HostPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the host listens, and how it is reached.
 *
 * @param host a name or an address, without brackets
 * @param port its port
 * @param path where the service is, {@code /wsman} as a rule
 * @param tls how the host proves who it is; empty for plain HTTP
 * @param proxy through which a tunnel leads (CONNECT); its name is looked up anew for each
 *     connection
 * @param connectTimeout for the name, TCP, the proxy, TLS and the login together; zero for none
 * @param requestTimeout for one message and its answer; zero for none
 * @param origins where an error happened
 */
public record HttpSettings(
    String host,
    int port,
    String path,
    Optional<TlsSettings> tls,
    Optional<InetSocketAddress> proxy,
    Duration connectTimeout,
    Duration requestTimeout,
    Function<Phase, Origin> origins) {

  Origin origin(Phase phase) {
    return origins.apply(phase);
  }

  String authority() {
    return HostPort.text(host, port);
  }
}
