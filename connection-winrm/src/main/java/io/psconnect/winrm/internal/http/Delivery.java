package io.psconnect.winrm.internal.http;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One message goes out on one connection, once, and its answer comes back. */
final class Delivery {
  static final String SOAP_TYPE = "application/soap+xml;charset=UTF-8";

  private final HttpSettings settings;
  private final Credentials credentials;
  private final Refusals refusals;
  private final byte[] message;
  private final Phase phase;

  Delivery(
      HttpSettings settings,
      Credentials credentials,
      Refusals refusals,
      byte[] message,
      Phase phase) {
    this.settings = settings;
    this.credentials = credentials;
    this.refusals = refusals;
    this.message = message;
    this.phase = phase;
  }

  /**
   * Sends the message.
   *
   * @throws LoginLostException if the host wants a login, and has not acted on the message
   * @throws ConnectionException if the answer is none
   * @throws IOException if the connection breaks
   */
  HttpChannel.Answer by(HttpConnection connection) throws IOException {
    return connection.use(() -> isSealed() ? sealed(connection) : plain(connection));
  }

  /** Over TLS nothing is sealed once more. */
  private boolean isSealed() {
    return credentials instanceof Credentials.Token && settings.tls().isEmpty();
  }

  private HttpChannel.Answer plain(HttpConnection connection) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", SOAP_TYPE);
    credentials.header().ifPresent(header -> headers.put("Authorization", header));
    Reply reply = checked(connection.exchange(headers, message), credentials.method());
    if (!reply.isSoap()) {
      throw doubtful(
          "the host has answered with '%s' instead of a SOAP message: \"%s\"; is this"
                  .formatted(Shown.of(reply.contentType()), reply.quote())
              + " WinRM, or something in front of it?");
    }
    return new HttpChannel.Answer(reply.status(), reply.body());
  }

  private HttpChannel.Answer sealed(HttpConnection connection) throws IOException {
    SecurityContext context = connection.context().orElseThrow();
    String type = context.sealedType();
    byte[] body = EncryptedMessage.write(type, message.length, seal(context));
    Reply reply =
        checked(
            connection.exchange(Map.of("Content-Type", EncryptedMessage.contentType(type)), body),
            context.scheme());
    if (!reply.isSealed()) {
      throw inTheClear("'%s'".formatted(Shown.of(reply.contentType())));
    }
    return new HttpChannel.Answer(reply.status(), unsealed(context, reply));
  }

  private Sealed seal(SecurityContext context) throws ConnectionException {
    try {
      return context.seal(message);
    } catch (LoginException e) {
      throw new SessionDroppedException(
          settings.origin(phase), ScriptState.NOT_STARTED, e.getMessage(), e);
    }
  }

  private byte[] unsealed(SecurityContext context, Reply reply) throws IOException {
    try {
      return context.unseal(EncryptedMessage.read(reply.body()));
    } catch (LoginException e) {
      throw new SessionDroppedException(
          settings.origin(phase), ScriptState.MAY_HAVE_RUN, e.getMessage(), e);
    }
  }

  /** An answer of the service's, whole, and not empty. */
  private Reply checked(Reply reply, String method) throws IOException {
    if (reply.status() == Reply.UNAUTHORIZED) {
      throw new LoginLostException(refusals.login(reply, method));
    }
    if (!reply.isAnswer()) {
      ConnectionException refusal =
          refusals.of(reply, message.length, phase, ScriptState.MAY_HAVE_RUN);
      throw isBelieved(refusal) ? refusal : inTheClear("HTTP %d".formatted(reply.status()));
    }
    if (reply.body().length == 0) {
      throw doubtful(
          "the host has answered with HTTP %d and no SOAP message; look at the WinRM log of the host"
              .formatted(reply.status()));
    }
    if (!reply.isWhole()) {
      throw doubtful("the answer has no length, so that nobody knows whether it is whole");
    }
    return reply;
  }

  /**
   * HTTP's own statuses are never sealed, so that anybody on the way could write one that says that
   * the host has not acted. But for 413 there is no other way to learn that a host takes less input
   * at once than others of its version; all else is smaller.
   */
  private boolean isBelieved(ConnectionException refusal) {
    return !isSealed()
        || refusal.scriptState() == ScriptState.MAY_HAVE_RUN
        || refusal instanceof TooLargeException && phase == Phase.RUN;
  }

  private SessionDroppedException inTheClear(String what) {
    return doubtful(
        "sealed messages were agreed, but the host has answered in the clear (%s); it is not"
                .formatted(what)
            + " believed, for anybody on the way could have written it");
  }

  private SessionDroppedException doubtful(String what) {
    return new SessionDroppedException(
        settings.origin(phase), ScriptState.MAY_HAVE_RUN, what, null);
  }
}
