package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.LoginProblem;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.auth.Suspicion;

/** Answers that say no in the words of HTTP, in words that help. */
final class Refusals {
  private final HttpSettings settings;
  private final Credentials credentials;

  Refusals(HttpSettings settings, Credentials credentials) {
    this.settings = settings;
    this.credentials = credentials;
  }

  /**
   * What an answer means that is neither 200 nor 500.
   *
   * @param size of the message
   * @param doubt what is said of the script where HTTP leaves open whether the host has acted
   */
  ConnectionException of(Reply reply, int size, Phase phase, ScriptState doubt) {
    Origin origin = settings.origin(phase);
    return switch (reply.status()) {
      case 401 -> login(reply, credentials.method());
      case 403 ->
          new AuthenticationException(
              origin,
              "the host forbids it (HTTP 403)"
                  + aside(reply)
                  + "; check the rights of the user, and the host's filters (IPv4Filter, IPv6Filter)",
              null);
      case 404 ->
          new UnreachableException(
              origin,
              "nothing answers at the path %s (HTTP 404)%s; either the path is not the one of WinRM's"
                      .formatted(settings.path(), aside(reply))
                  + " listener, or this port is another service's",
              null);
      case 407 ->
          new UnreachableException(
              origin, "a proxy on the way wants a login of its own (HTTP 407)", null);
      case 413 ->
          new TooLargeException(
              origin,
              "the host takes no message of %d bytes (HTTP 413); its limit is MaxEnvelopeSizekb"
                  .formatted(size));
      case 503 ->
          unusable(
              origin,
              doubt,
              "the service is not available (HTTP 503)%s; it may be starting, or at a limit: look at"
                      .formatted(aside(reply))
                  + " the WinRM service on the host");
      default -> other(origin, reply, doubt);
    };
  }

  private ConnectionException other(Origin origin, Reply reply, ScriptState doubt) {
    String what = "the host has answered with HTTP %d%s".formatted(reply.status(), aside(reply));
    if (reply.status() / 100 == 3) {
      return unusable(origin, doubt, what + "; it sends us elsewhere, which is not followed");
    }
    if (settings.tls().isEmpty() && reply.quote().contains("HTTPS port")) {
      return new UnreachableException(
          origin, what + "; this port speaks HTTPS, so turn TLS on", null);
    }
    return unusable(origin, doubt, what + "; expected was 200 with a SOAP message");
  }

  /** Where the script may run, its result is lost. */
  private static ConnectionException unusable(Origin origin, ScriptState doubt, String words) {
    return doubt == ScriptState.MAY_HAVE_RUN
        ? new SessionDroppedException(origin, doubt, words, null)
        : new ConnectionException(origin, doubt, words, null);
  }

  private static String aside(Reply reply) {
    String quote = reply.quote();
    return quote.isEmpty() ? "" : ": \"" + quote + "\"";
  }

  /** A 401 that is the last word of a login by tokens. */
  AuthenticationException login(Reply reply, SecurityContext context) {
    Suspicion suspicion =
        new Offers(reply.challenges()).has(context.scheme())
            ? context.suspicion(reply.hostsTime())
            : notOffered(context.scheme());
    return login(reply, context.scheme(), suspicion);
  }

  /** A 401 that is the last word. */
  AuthenticationException login(Reply reply, String scheme) {
    return login(reply, scheme, suspicion(new Offers(reply.challenges()), scheme));
  }

  private AuthenticationException login(Reply reply, String scheme, Suspicion suspicion) {
    return new AuthenticationException(
        settings.origin(Phase.AUTHENTICATE),
        suspicion.problem(),
        "the host has refused the login by %s (HTTP 401); it offers %s. %s"
            .formatted(scheme, new Offers(reply.challenges()), suspicion.words()),
        null);
  }

  private Suspicion suspicion(Offers offers, String scheme) {
    if (scheme.indexOf(' ') >= 0) {
      return ofCredentials(
          "Check that the host maps the certificate to a user (winrm/config/service/certmapping) and"
              + " allows it (Service/Auth/Certificate)");
    }
    if (!offers.has(scheme)) {
      return notOffered(scheme);
    }
    return scheme.equals("Basic")
        ? ofCredentials(
            "Check the user and the password: Basic takes local users of the host, without a domain")
        : Suspicion.ofUser();
  }

  /** Windows does not offer Basic over plain HTTP while AllowUnencrypted is off. */
  private Suspicion notOffered(String scheme) {
    return scheme.equals("Basic") && settings.tls().isEmpty()
        ? new Suspicion(
            LoginProblem.UNENCRYPTED,
            "Basic is not among them, for over plain HTTP the host takes it only with"
                + " Service/AllowUnencrypted beside Service/Auth/Basic; use HTTPS, or log in"
                + " otherwise")
        : ofCredentials(
            scheme + " is not among them, so allow it on the host, or log in otherwise");
  }

  private static Suspicion ofCredentials(String words) {
    return new Suspicion(LoginProblem.CREDENTIALS, words);
  }

  AuthenticationException refused(String message) {
    return new AuthenticationException(settings.origin(Phase.AUTHENTICATE), message, null);
  }
}
