package io.psconnect.winrm.internal.http;

import static io.psconnect.winrm.internal.http.Channels.send;
import static io.psconnect.winrm.internal.http.Channels.settings;
import static io.psconnect.winrm.internal.http.Channels.text;
import static io.psconnect.winrm.internal.http.ScriptedHost.SOAP;
import static io.psconnect.winrm.internal.http.ScriptedHost.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.http.ScriptedHost.Request;
import io.psconnect.winrm.internal.http.ScriptedHost.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SealedMessagesTest {
  private static final String TYPE =
      "multipart/encrypted;protocol=\"application/HTTP-SPNEGO-session-encrypted\";"
          + "boundary=\"Encrypted Boundary\"";

  private final FakeLogin login = new FakeLogin(false, "one", "two");

  @AfterEach
  void noThreadAndNoKeyIsLeft() throws InterruptedException {
    Channels.assertNoThreads();
    assertEquals(0, login.open());
  }

  private static HttpChannel channel(ScriptedHost host, FakeLogin login) throws Exception {
    return new PooledHttpChannel(settings(host.port()), Credentials.token(login));
  }

  private HttpChannel channel(ScriptedHost host) throws Exception {
    return channel(host, login);
  }

  private static String challenge(String token) {
    return "WWW-Authenticate: Negotiate "
        + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  /** The host's side of the two legs. */
  private static void letIn(Wire wire) throws IOException {
    assertLeg("one", wire.read());
    wire.status(401, challenge("challenge"), "WWW-Authenticate: Kerberos");
    assertLeg("two", wire.read());
    wire.status(200);
  }

  private static void assertLeg(String token, Request request) {
    String header = request.header("Authorization");
    assertEquals(
        "Negotiate " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)),
        header);
    assertEquals("0", request.header("Content-Length"));
  }

  private static byte[] sealed(int number, String text) {
    byte[] clear = text.getBytes(StandardCharsets.UTF_8);
    return answer(
        200,
        TYPE,
        EncryptedMessage.write(
            FakeLogin.TYPE,
            clear.length,
            new Sealed(FakeLogin.signature(number), FakeLogin.turned(clear))));
  }

  @Test
  void aConnectionLogsInOnceAndThenEachMessageIsSealed() throws Exception {
    try (ScriptedHost host =
        new ScriptedHost(
            wire -> {
              letIn(wire);
              for (int i = 1; ; i++) {
                wire.read();
                wire.write(sealed(i, "<answer " + i + "/>"));
              }
            })) {
      try (HttpChannel channel = channel(host)) {
        for (int i = 1; i <= 5; i++) {
          assertEquals("<answer " + i + "/>", text(send(channel)));
        }
      }
      assertEquals(7, host.requests().size());
      Request request = host.requests().get(2);
      assertEquals(TYPE, request.header("Content-Type"));
      assertEquals("", request.header("Authorization"));
      Sealed sealed = EncryptedMessage.read(request.body());
      assertEquals(
          "<message/>", new String(FakeLogin.turned(sealed.data()), StandardCharsets.UTF_8));
      assertEquals("none", login.bindings().get(0));
      assertTrue(login.isClosed());
    }
  }

  @Test
  void theHostsLastTokenProvesWhoItIs() throws Exception {
    FakeLogin mutual = new FakeLogin(true, "one");
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  assertLeg("one", wire.read());
                  wire.status(200, challenge("proof"));
                  wire.read();
                  wire.write(sealed(1, "<answer/>"));
                  wire.awaitEnd();
                });
        HttpChannel channel = channel(host, mutual)) {
      assertEquals("<answer/>", text(send(channel)));
    }
  }

  private String refused(FakeLogin by, ScriptedHost.Behaviour behaviour) throws Exception {
    try (ScriptedHost host = new ScriptedHost(behaviour);
        HttpChannel channel = channel(host, by)) {
      AuthenticationException e = assertThrows(AuthenticationException.class, () -> send(channel));
      assertEquals(1, host.connections());
      assertEquals(0, by.open());
      return e.getMessage();
    }
  }

  private static void assertContains(String part, String text) {
    assertTrue(text.contains(part), text);
  }

  @Test
  void aHostThatDoesNotProveWhoItIsIsNotSpokenTo() throws Exception {
    assertContains(
        "without having proved who it is",
        refused(
            new FakeLogin(true, "one"),
            wire -> {
              wire.read();
              wire.status(200);
            }));
  }

  @Test
  void aLoginThatIsRefusedListsWhatTheHostOffers() throws Exception {
    assertContains(
        "the login by Negotiate (HTTP 401); it offers Negotiate, Kerberos. Check the user",
        refused(
            login,
            wire -> {
              wire.read();
              wire.status(401, challenge("challenge"));
              wire.read();
              wire.status(401, "WWW-Authenticate: Negotiate", "WWW-Authenticate: Kerberos");
            }));
    assertContains(
        "it offers Basic. Negotiate is not among them",
        refused(
            login,
            wire -> {
              wire.read();
              wire.status(401, "WWW-Authenticate: Basic realm=\"a, Negotiate b\"");
            }));
  }

  @Test
  void aHostThatAsksForEverIsGivenUp() throws Exception {
    String[] tokens = "t ".repeat(50).trim().split(" ");
    assertContains(
        "still not let us in after 10 messages",
        refused(
            new FakeLogin(false, tokens),
            wire -> {
              while (true) {
                wire.read();
                wire.status(401, challenge("more"));
              }
            }));
  }

  @Test
  void aTokenThatIsWrongIsToldInTheWordsOfTheLogin() throws Exception {
    assertContains(
        "the host's token is bad; look at its clock",
        refused(
            login,
            wire -> {
              wire.read();
              wire.status(401, challenge("bad"));
            }));
    assertContains(
        "is not Base64",
        refused(
            login,
            wire -> {
              wire.read();
              wire.status(401, "WWW-Authenticate: Negotiate %%%");
            }));
  }

  @Test
  void aProxyThatClosesInTheMiddleOfTheLoginIsSuspected() throws Exception {
    assertContains(
        "closes the connection in the middle of the login",
        refused(
            login,
            wire -> {
              wire.read();
              wire.status(401, challenge("challenge"), "Connection: close");
            }));
  }

  @Test
  void aConnectionThatBreaksDuringTheLoginHasStartedNothing() throws Exception {
    try (ScriptedHost host = new ScriptedHost(wire -> wire.read());
        HttpChannel channel = channel(host)) {
      UnreachableException e = assertThrows(UnreachableException.class, () -> send(channel));
      assertContains("the connection broke during the login", e.getMessage());
    }
  }

  private ConnectionException failure(byte[] answer) throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  letIn(wire);
                  wire.read();
                  wire.write(answer);
                  wire.awaitEnd();
                });
        HttpChannel channel = channel(host)) {
      ConnectionException e = assertThrows(ConnectionException.class, () -> send(channel));
      assertEquals(3, host.requests().size());
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      return e;
    }
  }

  @Test
  void anAnswerInTheClearIsNotBelieved() throws Exception {
    assertContains("answered in the clear", failure(answer(200, SOAP, "<a/>")).getMessage());
    assertContains("answered in the clear", failure(answer(500, SOAP, "<a/>")).getMessage());
  }

  @Test
  void anAnswerThatWasChangedOrReplayedIsNotBelieved() throws Exception {
    ConnectionException e = failure(sealed(2, "<answer/>"));
    assertContains("the signature is not right", e.getMessage());
    assertEquals(SessionDroppedException.class, e.getClass());
  }

  @Test
  void aBrokenWrappingIsAnError() throws Exception {
    ConnectionException e = failure(answer(200, TYPE, "--Encrypted Boundary\r\n"));
    assertContains("the sealed answer is broken", e.getMessage());
  }

  @Test
  void anErrorOfHttpNeedsNoSealing() throws Exception {
    ConnectionException e = failure(answer(503, "text/html", "<p>Service Unavailable"));
    assertContains("HTTP 503", e.getMessage());
  }

  @Test
  void aLoginThatHasRunOutIsRepeatedOnANewConnectionAndTheMessageSentOnceMore() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  letIn(wire);
                  wire.read();
                  wire.write(sealed(1, "<answer " + wire.number() + "/>"));
                  wire.read();
                  wire.status(401, "WWW-Authenticate: Negotiate");
                });
        HttpChannel channel = channel(host)) {
      assertEquals("<answer 1/>", text(send(channel)));
      assertEquals("<answer 2/>", text(send(channel)));
      assertEquals(2, login.bindings().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, START, true",
    "404, RUN, true",
    "407, RUN, true",
    "413, START, true",
    "413, RUN, false",
    "413, CLOSE, true"
  })
  void aStatusInTheClearDoesNotProveThatNothingWasDone(int status, Phase phase, boolean mayHaveRun)
      throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  letIn(wire);
                  wire.read();
                  wire.status(status);
                  wire.awaitEnd();
                });
        HttpChannel channel = channel(host)) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> channel.send(Channels.MESSAGE, phase, Deadline.none()));
      assertEquals(
          mayHaveRun ? SessionDroppedException.class : TooLargeException.class, e.getClass());
      assertEquals(
          mayHaveRun ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED, e.scriptState());
      assertContains("HTTP " + status, e.getMessage());
    }
  }

  @Test
  void aLoginThatIsRefusedIsTriedAgainOnlyForWhatIsNew() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  if (wire.number() > 2) {
                    letIn(wire);
                    wire.read();
                    wire.write(sealed(1, "<answer/>"));
                    return;
                  }
                  wire.read();
                  wire.status(401, "WWW-Authenticate: Negotiate");
                });
        HttpChannel channel = channel(host)) {
      assertThrows(AuthenticationException.class, () -> sendIn(Phase.RUN, channel));
      for (Phase phase : new Phase[] {Phase.RUN, Phase.CLOSE}) {
        AuthenticationException e =
            assertThrows(AuthenticationException.class, () -> sendIn(phase, channel));
        assertContains("not tried again", e.getMessage());
      }
      assertEquals(1, host.connections());
      assertThrows(AuthenticationException.class, () -> sendIn(Phase.START, channel));
      assertEquals("<answer/>", text(sendIn(Phase.START, channel)));
      assertEquals("<answer/>", text(sendIn(Phase.RUN, channel)));
      assertEquals(4, host.connections());
    }
  }

  /** A login that was refused in passing must not hold up what is begun on the others. */
  @Test
  void whatIsNewAndAnsweredLetsItsMessagesLogInAgain() throws Exception {
    Semaphore held = new Semaphore(0);
    Semaphore answers = new Semaphore(0);
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  if (wire.number() == 2) {
                    wire.read();
                    wire.status(401, "WWW-Authenticate: Negotiate");
                    return;
                  }
                  letIn(wire);
                  for (int i = 1; ; i++) {
                    wire.read();
                    if (wire.number() == 1) {
                      held.release();
                      answers.acquire();
                    }
                    wire.write(sealed(i, "<answer/>"));
                  }
                });
        HttpChannel channel = channel(host)) {
      answers.release();
      sendIn(Phase.START, channel);
      held.acquire();
      FutureTask<HttpChannel.Answer> first = inBackground(channel);
      held.acquire();
      assertThrows(AuthenticationException.class, () -> sendIn(Phase.RUN, channel));
      answers.release(2);
      first.get();
      sendIn(Phase.START, channel);
      held.acquire();
      FutureTask<HttpChannel.Answer> second = inBackground(channel);
      held.acquire();
      assertEquals("<answer/>", text(sendIn(Phase.RUN, channel)));
      answers.release();
      second.get();
      assertEquals(3, host.connections());
    }
  }

  private static FutureTask<HttpChannel.Answer> inBackground(HttpChannel channel) {
    FutureTask<HttpChannel.Answer> task = new FutureTask<>(() -> sendIn(Phase.RUN, channel));
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static HttpChannel.Answer sendIn(Phase phase, HttpChannel channel) throws Exception {
    return channel.send(Channels.MESSAGE, phase, Deadline.none());
  }

  @Test
  void aSecondRefusalInARowIsTheLastWord() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  letIn(wire);
                  wire.read();
                  if (wire.number() == 1) {
                    wire.write(sealed(1, "<answer/>"));
                    wire.read();
                  }
                  wire.status(401, "WWW-Authenticate: Negotiate");
                });
        HttpChannel channel = channel(host)) {
      send(channel);
      assertThrows(AuthenticationException.class, () -> send(channel));
      assertEquals(2, host.connections());
    }
  }
}
