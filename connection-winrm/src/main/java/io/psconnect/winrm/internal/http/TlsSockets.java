package io.psconnect.winrm.internal.http;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.2 or later around a socket, with settings that nobody else in this JVM shares. */
final class TlsSockets {
  private final HttpSettings settings;
  private final TlsSettings tls;
  private final Breaks breaks;
  private final X509ExtendedTrustManager trusted;
  private final KeyManager[] keys;

  /**
   * Reads the files.
   *
   * @throws UnreachableException if one of them cannot be used
   */
  TlsSockets(HttpSettings settings, TlsSettings tls, Breaks breaks) throws UnreachableException {
    this.settings = settings;
    this.tls = tls;
    this.breaks = breaks;
    try {
      trusted = TrustManagers.of(tls.trust());
      keys = ClientKeys.of(tls.client());
    } catch (UnusableFileException e) {
      throw new UnreachableException(settings.origin(Phase.CONNECT), e.getMessage(), e);
    }
  }

  /** The host has proved who it is when this returns. */
  SSLSocket secure(RawSocket socket) throws IOException {
    CertificateWatch watch = new CertificateWatch(trusted);
    SSLSocket ssl =
        (SSLSocket) factory(watch).createSocket(socket, settings.host(), settings.port(), true);
    ssl.setSSLParameters(parameters(ssl));
    try {
      ssl.startHandshake();
      return ssl;
    } catch (IOException e) {
      throw failure(e, socket, watch);
    }
  }

  /** A context for each connection: none is resumed, so each shows its certificate. */
  private SSLSocketFactory factory(CertificateWatch watch) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {watch}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private SSLParameters parameters(SSLSocket ssl) {
    SSLParameters parameters = ssl.getSSLParameters();
    parameters.setProtocols(
        Stream.of("TLSv1.3", "TLSv1.2")
            .filter(java.util.List.of(ssl.getSupportedProtocols())::contains)
            .toArray(String[]::new));
    if (namesMatter()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  private boolean namesMatter() {
    return !(tls.trust() instanceof TlsSettings.PinTrust)
        && !(tls.trust() instanceof TlsSettings.NoCheck);
  }

  private ConnectionException failure(IOException e, RawSocket socket, CertificateWatch watch) {
    return Optional.ofNullable(breaks.certificateRefused(e))
        .orElseGet(
            () ->
                new UnreachableException(
                    settings.origin(Phase.CONNECT),
                    new TlsFailure(settings, e, socket, watch.seen()).words(),
                    e));
  }
}
