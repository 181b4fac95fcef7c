package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.winrm.internal.auth.Login;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A new connection logs in by tokens (RFC 4559), in messages without a body: what stands in a body
 * before the login is done would be sent for nothing, or in the clear.
 */
final class Handshake {
  private static final int MOST_LEGS = 10;
  private static final byte[] NOTHING = {};

  private final HttpSettings settings;
  private final Credentials credentials;
  private final Refusals refusals;
  private final Breaks breaks;

  Handshake(HttpSettings settings, Credentials credentials, Refusals refusals, Breaks breaks) {
    this.settings = settings;
    this.credentials = credentials;
    this.refusals = refusals;
    this.breaks = breaks;
  }

  /** Does nothing where each message carries the login. */
  void run(HttpConnection connection, Optional<byte[]> binding) throws IOException {
    if (credentials instanceof Credentials.Token token) {
      connection.use(
          () -> {
            login(connection, token.login(), binding);
            return null;
          });
    }
  }

  private void login(HttpConnection connection, Login login, Optional<byte[]> binding)
      throws IOException {
    try {
      SecurityContext context = login.begin(binding);
      connection.loggedIn(context);
      converse(connection, context);
    } catch (LoginException e) {
      throw new AuthenticationException(
          settings.origin(Phase.AUTHENTICATE), e.problem(), e.getMessage(), e);
    }
  }

  private void converse(HttpConnection connection, SecurityContext context)
      throws IOException, LoginException {
    byte[] token = context.next(NOTHING);
    for (int leg = 0; leg < MOST_LEGS; leg++) {
      Reply reply = leg(connection, context.scheme(), token);
      Optional<byte[]> answer = token(reply, context.scheme());
      if (reply.status() != Reply.UNAUTHORIZED) {
        finish(reply, context, answer);
        return;
      }
      token = next(connection, reply, context, answer);
    }
    throw refusals.refused("the host has still not let us in after " + MOST_LEGS + " messages");
  }

  private Reply leg(HttpConnection connection, String scheme, byte[] token) throws IOException {
    String encoded = Base64.getEncoder().encodeToString(token);
    try {
      return connection.exchange(
          Map.of("Authorization", scheme + " " + encoded, "Content-Type", Delivery.SOAP_TYPE),
          NOTHING);
    } catch (IOException e) {
      throw breaks.inLogin(e, connection);
    }
  }

  private Optional<byte[]> token(Reply reply, String scheme) throws AuthenticationException {
    try {
      return new Offers(reply.challenges()).token(scheme).map(Base64.getDecoder()::decode);
    } catch (IllegalArgumentException e) {
      throw refusals.refused("the host's token for %s is not Base64".formatted(scheme));
    }
  }

  private byte[] next(
      HttpConnection connection, Reply reply, SecurityContext context, Optional<byte[]> answer)
      throws AuthenticationException, LoginException {
    if (answer.isEmpty()) {
      throw refusals.login(reply, context);
    }
    byte[] token = context.next(answer.get());
    if (token.length == 0) {
      throw refusals.login(reply, context);
    }
    if (!connection.isReusable()) {
      throw refusals.refused(
          "the host closes the connection in the middle of the login, which belongs to one"
              + " connection; is there a proxy on the way that does not keep connections?");
    }
    return token;
  }

  /**
   * The host has let us in. Where nothing is sealed it may complain that there was no message (HTTP
   * 400, 411, 500), which does not matter.
   */
  private void finish(Reply reply, SecurityContext context, Optional<byte[]> answer)
      throws ConnectionException, LoginException {
    boolean isLetIn =
        switch (reply.status()) {
          case 200, 204 -> true;
          case 400, 411, 500 -> settings.tls().isPresent();
          default -> false;
        };
    if (!isLetIn) {
      throw refusals.of(reply, 0, Phase.AUTHENTICATE, ScriptState.NOT_STARTED);
    }
    if (answer.isPresent() && context.next(answer.get()).length > 0) {
      throw refusals.refused("the host has ended the login before we had");
    }
    if (!context.isEstablished()) {
      throw refusals.refused(
          "the host has let us in without having proved who it is, as %s wants it"
              .formatted(context.scheme()));
    }
  }
}
