package io.psconnect.winrm.internal.http;

import static io.psconnect.winrm.internal.http.Channels.basic;
import static io.psconnect.winrm.internal.http.Channels.send;
import static io.psconnect.winrm.internal.http.Channels.settings;
import static io.psconnect.winrm.internal.http.Channels.text;
import static io.psconnect.winrm.internal.http.ScriptedHost.SOAP;
import static io.psconnect.winrm.internal.http.ScriptedHost.always;
import static io.psconnect.winrm.internal.http.ScriptedHost.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.LoginProblem;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HttpErrorsTest {
  private static final int LIMIT = 16 * 1024 * 1024;

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    Channels.assertNoThreads();
  }

  private static <T extends ConnectionException> T failure(Class<T> type, byte[] answer)
      throws Exception {
    return failure(type, always(answer));
  }

  private static <T extends ConnectionException> T failure(
      Class<T> type, ScriptedHost.Behaviour behaviour) throws Exception {
    try (ScriptedHost host = new ScriptedHost(behaviour);
        HttpChannel channel = basic(host)) {
      T e = assertThrows(type, () -> send(channel));
      assertEquals(1, host.requests().size());
      Channels.until(() -> host.openConnections() == 0);
      assertFalse(e.getMessage().contains("Sentinel"), e.getMessage());
      return e;
    }
  }

  private static void assertContains(String part, Throwable e) {
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static void assertState(ScriptState state, ConnectionException e) {
    assertEquals(state, e.scriptState(), e.getMessage());
  }

  private static ScriptedHost.Behaviour status(int status, String... headers) {
    return wire -> {
      wire.read();
      wire.status(status, headers);
    };
  }

  /** What is left of it could be taken for a refusal of the login. */
  @Test
  void anAnswerThatBreaksOffInItsHeadIsNone() throws Exception {
    String head = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nDate: today\r\n";
    for (int length = "HTTP/1.1 401 \r\n".length(); length <= head.length(); length++) {
      byte[] cut = head.substring(0, length).getBytes(StandardCharsets.US_ASCII);
      SessionDroppedException e =
          failure(
              SessionDroppedException.class,
              wire -> {
                wire.read();
                wire.write(cut);
              });
      assertState(ScriptState.MAY_HAVE_RUN, e);
    }
  }

  @Test
  void aWrongPasswordIsToldApartFromBasicNotBeingAllowed() throws Exception {
    AuthenticationException wrong =
        failure(
            AuthenticationException.class,
            status(401, "WWW-Authenticate: Negotiate", "WWW-Authenticate: Basic realm=\"WSMAN\""));
    assertContains("it offers Negotiate, Basic. Check the user and the password", wrong);
    assertState(ScriptState.NOT_STARTED, wrong);
    assertEquals(LoginProblem.CREDENTIALS, wrong.problem());
    AuthenticationException none =
        failure(
            AuthenticationException.class, status(401, "WWW-Authenticate: Negotiate, Kerberos"));
    assertContains("it offers Negotiate, Kerberos. Basic is not among them", none);
    assertContains("AllowUnencrypted", none);
    assertEquals(LoginProblem.UNENCRYPTED, none.problem());
    assertEquals(Phase.AUTHENTICATE, none.phase());
  }

  @Test
  void aHostThatOffersNothingIsQuotedSo() throws Exception {
    assertContains("it offers nothing", failure(AuthenticationException.class, status(401)));
  }

  @Test
  void aMessageThatIsTooLargeHasNotStartedAnything() throws Exception {
    TooLargeException e = failure(TooLargeException.class, status(413));
    assertContains("no message of 10 bytes (HTTP 413)", e);
    assertState(ScriptState.NOT_STARTED, e);
  }

  @Test
  void aRefusalBeforeAllOfTheMessageWasSentIsHeard() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.socket().getInputStream().readNBytes(100);
                  wire.status(413);
                  wire.socket().shutdownOutput();
                  wire.awaitEnd();
                });
        HttpChannel channel = basic(host)) {
      assertThrows(
          TooLargeException.class,
          () -> channel.send(new byte[4 * 1024 * 1024], Phase.RUN, Deadline.none()));
    }
  }

  @Test
  void aPathWithoutWinRmIsNamed() throws Exception {
    UnreachableException e = failure(UnreachableException.class, status(404));
    assertContains("nothing answers at the path /wsman (HTTP 404)", e);
  }

  @Test
  void aServiceThatIsNotAvailableIsNamed() throws Exception {
    ConnectionException e = failure(SessionDroppedException.class, status(503));
    assertContains("the service is not available (HTTP 503)", e);
    assertState(ScriptState.MAY_HAVE_RUN, e);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    assertContains(
        "which is not followed",
        failure(SessionDroppedException.class, status(302, "Location: http://evil.example/")));
  }

  @Test
  void forbiddenIsAboutRights() throws Exception {
    assertContains("HTTP 403", failure(AuthenticationException.class, status(403)));
  }

  @Test
  void aPageIsQuotedOnOneLineAndNotAtLength() throws Exception {
    String page = "<html>\u001b[31m\r\nWelcome\u0000 \u202eto the router" + "x".repeat(1000);
    ConnectionException e =
        failure(SessionDroppedException.class, answer(200, "text/html; charset=utf-8", page));
    assertContains("'text/html; charset=utf-8' instead of a SOAP message", e);
    assertContains("<html>[31mWelcome to the router", e);
    assertFalse(e.getMessage().contains("x".repeat(190)), e.getMessage());
    assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
    assertState(ScriptState.MAY_HAVE_RUN, e);
  }

  @Test
  void aFaultWithoutWordsSaysSo() throws Exception {
    ConnectionException e = failure(SessionDroppedException.class, answer(500, SOAP, ""));
    assertContains("HTTP 500 and no SOAP message", e);
    assertState(ScriptState.MAY_HAVE_RUN, e);
  }

  @Test
  void whatIsNotHttpIsAnError() throws Exception {
    ConnectionException e =
        failure(
            ConnectionException.class,
            wire -> {
              wire.read();
              wire.write("SSH-2.0-OpenSSH_9.2\r\n".repeat(50));
            });
    assertContains("not an answer of HTTP", e);
    assertState(ScriptState.MAY_HAVE_RUN, e);
  }

  @Test
  void anAnswerWithoutLengthIsNotBelieved() throws Exception {
    ConnectionException e =
        failure(
            ConnectionException.class,
            wire -> {
              wire.read();
              wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n<a/>");
            });
    assertContains("whether it is whole", e);
  }

  @Test
  void anAnnouncedBodyBeyondTheLimitIsNotRead() throws Exception {
    assertContains(
        "longer than " + LIMIT + " bytes",
        failure(
            ConnectionException.class,
            wire -> {
              wire.read();
              wire.write(
                  "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                      .formatted(SOAP, LIMIT + 1));
              wire.awaitEnd();
            }));
  }

  @Test
  void anEndlessBodyIsGivenUp() throws Exception {
    byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    assertContains(
        "longer than " + LIMIT + " bytes",
        failure(
            ConnectionException.class,
            wire -> {
              wire.read();
              wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                wire.write(chunk);
              }
            }));
  }

  @Test
  void endlessHeadersAreGivenUp() throws Exception {
    ScriptedHost.Behaviour manyHeaders =
        wire -> {
          wire.read();
          wire.write("HTTP/1.1 200 OK\r\n");
          while (true) {
            wire.write("X-More: and more\r\n");
          }
        };
    assertContains("not an answer of HTTP", failure(ConnectionException.class, manyHeaders));
    ScriptedHost.Behaviour longHeader =
        wire -> {
          wire.read();
          wire.write("HTTP/1.1 200 OK\r\nX-Long: ");
          while (true) {
            wire.write("x".repeat(1000));
          }
        };
    assertContains("not an answer of HTTP", failure(ConnectionException.class, longHeader));
    ScriptedHost.Behaviour fewLargeHeaders =
        wire -> {
          wire.read();
          wire.write("HTTP/1.1 200 OK\r\n" + ("X-L: " + "x".repeat(60_000) + "\r\n").repeat(3));
          wire.write("Content-Length: 0\r\n\r\n");
          wire.awaitEnd();
        };
    assertContains("headers are longer", failure(ConnectionException.class, fewLargeHeaders));
  }

  @Test
  void endlessInterimAnswersAreGivenUp() throws Exception {
    assertContains(
        "interim answers",
        failure(
            ConnectionException.class,
            wire -> {
              wire.read();
              while (true) {
                wire.write("HTTP/1.1 102 Processing\r\n\r\n");
              }
            }));
  }

  @Test
  void anUnknownNameIsNamed() throws Exception {
    HttpSettings nowhere =
        settings("no-such-host.invalid", 5985, Optional.empty(), Optional.empty());
    try (HttpChannel channel = basic(nowhere)) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertContains("no address is known for the name 'no-such-host.invalid'", e);
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = closed.getLocalPort();
    }
    try (HttpChannel channel = basic(settings(port))) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertContains("does not take connections on port " + port, e);
      assertEquals(Phase.CONNECT, e.phase());
    }
  }

  private static HttpSettings through(ScriptedHost proxy, String host, int port) {
    return settings(
        host,
        port,
        Optional.empty(),
        Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", proxy.port())));
  }

  @Test
  void aProxyLeadsToTheHostByATunnelAndTheHostsNameIsTheProxysAffair() throws Exception {
    try (ScriptedHost proxy =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write("HTTP/1.1 200 Connection established\r\nVia: it\r\n\r\n");
                  while (true) {
                    wire.read();
                    wire.soap("<answer/>");
                  }
                });
        HttpChannel channel = basic(through(proxy, "inner.invalid", 5985))) {
      assertEquals("<answer/>", text(send(channel)));
      assertEquals("CONNECT inner.invalid:5985 HTTP/1.1", proxy.requests().get(0).line());
      assertEquals("", proxy.requests().get(0).header("Authorization"));
      assertEquals("POST /wsman HTTP/1.1", proxy.requests().get(1).line());
    }
  }

  private static UnreachableException refusedByProxy(String answer) throws Exception {
    try (ScriptedHost proxy =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write(answer);
                });
        HttpChannel channel = basic(through(proxy, "fe80::1", 5985))) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertEquals("CONNECT [fe80::1]:5985 HTTP/1.1", proxy.requests().get(0).line());
      assertContains("the proxy 127.0.0.1:" + proxy.port(), e);
      return e;
    }
  }

  @Test
  void aProxysAnswersAreToldApart() throws Exception {
    assertContains("a login of its own", refusedByProxy("HTTP/1.1 407 Auth\r\n\r\n"));
    assertContains("does not allow tunnels", refusedByProxy("HTTP/1.0 403 Forbidden\r\n\r\n"));
    assertContains("cannot reach [fe80::1]:5985", refusedByProxy("HTTP/1.1 502 Bad\r\n\r\n"));
    assertContains("has refused the tunnel", refusedByProxy("HTTP/1.1 400 Bad\r\n\r\n"));
    assertContains("has not answered as a proxy does", refusedByProxy("SSH-2.0-x\r\n\r\n"));
    assertContains("has not answered as a proxy does", refusedByProxy("HTTP/1.1 200 OK\r\nVi"));
    assertContains(
        "has not answered as a proxy does",
        refusedByProxy("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000)));
  }

  @Test
  void aProxyThatSaysNothingIsCaughtByTheConnectTimeout() throws Exception {
    try (ScriptedHost proxy = new ScriptedHost(wire -> wire.awaitEnd())) {
      HttpSettings patient = through(proxy, "host.invalid", 5985);
      HttpSettings settings =
          new HttpSettings(
              patient.host(),
              patient.port(),
              patient.path(),
              patient.tls(),
              patient.proxy(),
              Duration.ofMillis(200),
              Duration.ZERO,
              patient.origins());
      try (HttpChannel channel = basic(settings)) {
        ConnectionTimeoutException e =
            assertThrows(ConnectionTimeoutException.class, () -> send(channel));
        assertEquals(Termination.NOT_NEEDED, e.termination());
        assertContains("waiting for the proxy 127.0.0.1:", e);
        assertContains("200 ms", e);
        Channels.until(() -> proxy.openConnections() == 0);
      }
    }
  }
}
