package io.psconnect.winrm.internal.http;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.2 or later around a socket, with settings that nobody else in this JVM shares. */
final class TlsSockets {
  private static final int CONSENT_MILLIS = 200;

  private final HttpSettings settings;
  private final TlsSettings tls;
  private final Breaks breaks;
  private final X509ExtendedTrustManager trusted;
  private final Optional<X509ExtendedKeyManager> keys;

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
      throw new UnreachableException(settings.origin(Phase.PREPARE), e.getMessage(), e);
    }
  }

  /** The host has proved who it is when this returns. */
  SSLSocket secure(RawSocket socket) throws IOException {
    CertificateWatch certificate = new CertificateWatch(trusted);
    KeyWatch key = new KeyWatch(keys);
    SSLSocket ssl =
        (SSLSocket)
            factory(certificate, key).createSocket(socket, settings.host(), settings.port(), true);
    ssl.setSSLParameters(parameters(ssl));
    try {
      ssl.startHandshake();
      awaitConsent(ssl, key);
      return ssl;
    } catch (IOException e) {
      throw failure(e, socket, certificate, key);
    }
  }

  /** A context for each connection: none is resumed, so each shows its certificate. */
  private static SSLSocketFactory factory(CertificateWatch certificate, KeyWatch key)
      throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {key}, new TrustManager[] {certificate}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * By TLS 1.3 the handshake ends for the client before the host has looked at its certificate (RFC
   * 8446, 4.4.2.4). Without a moment's wait a refusal would come after the first message.
   */
  private static void awaitConsent(SSLSocket ssl, KeyWatch key) throws IOException {
    if (!key.wasAsked() || !ssl.getSession().getProtocol().equals("TLSv1.3")) {
      return;
    }
    ssl.setSoTimeout(CONSENT_MILLIS);
    try {
      throw new IOException(
          ssl.getInputStream().read() < 0
              ? "the host has closed the connection"
              : "the host has spoken before it was spoken to");
    } catch (SocketTimeoutException e) {
      ssl.setSoTimeout(0);
    }
  }

  private SSLParameters parameters(SSLSocket ssl) {
    SSLParameters parameters = ssl.getSSLParameters();
    parameters.setProtocols(
        Stream.of("TLSv1.3", "TLSv1.2")
            .filter(List.of(ssl.getSupportedProtocols())::contains)
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

  private ConnectionException failure(
      IOException e, RawSocket socket, CertificateWatch certificate, KeyWatch key) {
    TlsFailure failure = new TlsFailure(settings, e, socket, certificate.seen());
    ConnectionException refused = breaks.certificateRefused(e);
    if (refused == null && key.wasAsked() && !failure.isCertificate()) {
      refused = breaks.certificateWanted(e);
    }
    return refused != null
        ? refused
        : new UnreachableException(settings.origin(Phase.TLS), failure.words(), e);
  }
}
