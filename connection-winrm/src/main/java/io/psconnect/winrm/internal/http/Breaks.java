package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Connections that break, and answers that are not HTTP, in words that help. */
final class Breaks {
  /** Alerts about the certificate of the side that receives them (RFC 8446, 6.2). */
  private static final Pattern CERTIFICATE_ALERT =
      Pattern.compile("certificate|unknown_ca|access_denied");

  private final HttpSettings settings;

  Breaks(HttpSettings settings) {
    this.settings = settings;
  }

  /** During the login: the message had not been sent yet. */
  ConnectionException inLogin(IOException e, HttpConnection connection) {
    return known(e, connection)
        .orElseGet(
            () ->
                new UnreachableException(
                    settings.origin(Phase.AUTHENTICATE),
                    "the connection broke during the login: " + words(e),
                    e));
  }

  /** During a message. */
  ConnectionException inMessage(IOException e, HttpConnection connection, Phase phase) {
    Optional<ConnectionException> known = known(e, connection);
    if (known.isPresent()) {
      return known.get();
    }
    Origin origin = settings.origin(phase);
    if (!connection.isSent()) {
      return new SessionDroppedException(
          origin,
          ScriptState.NOT_STARTED,
          "the connection broke before the message was sent: " + words(e),
          e);
    }
    return new SessionDroppedException(
        origin,
        ScriptState.MAY_HAVE_RUN,
        "the message was sent, but no whole answer came: %s; it is not sent again, for the host may"
                .formatted(words(e))
            + " have acted on it",
        e);
  }

  /** What shows that the host cannot have read a message. */
  private Optional<ConnectionException> known(IOException e, HttpConnection connection) {
    if (e instanceof ConnectionException known) {
      return Optional.of(known);
    }
    if (settings.tls().isEmpty() && connection.socket().speaksTls()) {
      return Optional.of(
          new UnreachableException(
              settings.origin(Phase.CONNECT),
              "port %d speaks TLS, and was spoken to in plain HTTP; turn TLS on, or use the port of"
                      .formatted(settings.port())
                  + " WinRM's HTTP listener (5985)",
              e));
    }
    return connection.isSent() ? Optional.empty() : Optional.ofNullable(certificateRefused(e));
  }

  /** By TLS 1.3 the host looks at the client's certificate after the client's first message. */
  ConnectionException certificateRefused(IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (!(e instanceof SSLException)
        || !words.contains("received fatal alert")
        || !CERTIFICATE_ALERT.matcher(words).find()) {
      return null;
    }
    return certificateWanted(e);
  }

  /** The host has asked for a client certificate, and has not gone on. */
  ConnectionException certificateWanted(IOException e) {
    boolean hasShown = settings.tls().flatMap(TlsSettings::client).isPresent();
    return new AuthenticationException(
        settings.origin(Phase.AUTHENTICATE),
        "the host %s: %s; %s"
            .formatted(
                hasShown ? "does not take the client certificate" : "wants a client certificate",
                e.getMessage(),
                hasShown
                    ? "check that the host trusts its issuer, and its dates"
                    : "name one in the options"),
        e);
  }

  private static String words(IOException e) {
    String message = e.getMessage();
    return e instanceof NotHttpException
        ? "what came is not an answer of HTTP (%s)".formatted(Shown.of(String.valueOf(message)))
        : message == null ? e.getClass().getSimpleName() : Shown.of(String.valueOf(message));
  }
}
