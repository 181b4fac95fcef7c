package io.psconnect.winrm.internal.http;

import static io.psconnect.winrm.internal.http.Channels.basic;
import static io.psconnect.winrm.internal.http.Channels.impatient;
import static io.psconnect.winrm.internal.http.Channels.send;
import static io.psconnect.winrm.internal.http.Channels.settings;
import static io.psconnect.winrm.internal.http.Channels.text;
import static io.psconnect.winrm.internal.http.Channels.until;
import static io.psconnect.winrm.internal.http.ScriptedHost.SOAP;
import static io.psconnect.winrm.internal.http.ScriptedHost.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PooledHttpChannelTest {
  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    Channels.assertNoThreads();
  }

  @Test
  void aMessageGoesOutAsItIsAndTheAnswerComesBack() throws Exception {
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.soap("<answer/>"));
        HttpChannel channel = basic(host)) {
      HttpChannel.Answer answer = send(channel);
      assertEquals(200, answer.status());
      assertEquals("<answer/>", text(answer));
      ScriptedHost.Request request = host.requests().get(0);
      assertEquals("POST /wsman HTTP/1.1", request.line());
      assertEquals("<message/>", request.text());
      assertEquals("application/soap+xml;charset=UTF-8", request.header("Content-Type"));
      assertEquals("127.0.0.1:" + host.port(), request.header("Host"));
      assertEquals(
          "user:" + new String(Channels.PASSWORD),
          new String(Base64.getDecoder().decode(request.header("Authorization").substring(6))));
    }
  }

  @Test
  void aFaultIsAnAnswer() throws Exception {
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.always(answer(500, SOAP, "<fault/>")));
        HttpChannel channel = basic(host)) {
      HttpChannel.Answer answer = send(channel);
      assertEquals(500, answer.status());
      assertEquals("<fault/>", text(answer));
    }
  }

  @Test
  void anAnswerMayComeInChunksAfterInterimAnswers() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write("HTTP/1.1 100 Continue\r\n\r\n");
                  wire.write("HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n");
                  wire.write(
                      "Transfer-Encoding: chunked\r\n\r\n3\r\n<a>\r\n4\r\n</a>\r\n0\r\n\r\n");
                  wire.awaitEnd();
                });
        HttpChannel channel = basic(host)) {
      assertEquals("<a></a>", text(send(channel)));
    }
  }

  @Test
  void oneConnectionServesManyMessages() throws Exception {
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.soap("<answer/>"));
        HttpChannel channel = basic(host)) {
      for (int i = 0; i < 20; i++) {
        send(channel);
      }
      assertEquals(1, host.connections());
      assertEquals(20, host.requests().size());
    }
  }

  @Test
  void messagesAtOnceHaveConnectionsOfTheirOwnAndEightAreKept() throws Exception {
    int count = 12;
    CountDownLatch all = new CountDownLatch(count);
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  while (true) {
                    wire.read();
                    all.countDown();
                    all.await();
                    wire.soap("<answer/>");
                  }
                });
        HttpChannel channel = basic(host)) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        answers.add(background(channel));
      }
      for (CompletableFuture<String> answer : answers) {
        assertEquals("<answer/>", answer.get());
      }
      assertEquals(count, host.connections());
      until(() -> host.openConnections() == 8);
    }
  }

  private static CompletableFuture<String> background(HttpChannel channel) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(text(send(channel)));
              } catch (Exception e) {
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  @Test
  void aConnectionThatTheHostClosedWhileIdleIsReplaced() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.soap("<answer/>");
                });
        HttpChannel channel = basic(host)) {
      send(channel);
      until(() -> host.openConnections() == 0);
      assertEquals("<answer/>", text(send(channel)));
      assertEquals(2, host.connections());
    }
  }

  @Test
  void aConnectionThatWasIdleForMoreThanAMinuteIsNotTrusted() throws Exception {
    AtomicLong seconds = new AtomicLong();
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.soap("<answer/>"));
        HttpChannel channel =
            new PooledHttpChannel(
                settings(host.port()),
                Credentials.basic("user", Channels.PASSWORD),
                () -> TimeUnit.SECONDS.toNanos(seconds.get()))) {
      send(channel);
      seconds.set(60);
      send(channel);
      assertEquals(1, host.connections());
      seconds.set(121);
      send(channel);
      assertEquals(2, host.connections());
      until(() -> host.openConnections() == 1);
    }
  }

  @Test
  void whatNobodyHasAskedForIsNoAnswer() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write(
                      new String(answer(200, SOAP, "<first/>"))
                          + new String(answer(200, SOAP, "<forged/>")));
                  sent.countDown();
                  wire.read();
                  wire.soap("<second/>");
                });
        HttpChannel channel = basic(host)) {
      assertEquals("<first/>", text(send(channel)));
      sent.await();
      assertEquals("<first/>", text(send(channel)));
      assertEquals(2, host.connections());
    }
  }

  @Test
  void aConnectionThatTheHostAnnouncesToCloseIsNotKept() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write(
                      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n"
                          + "Content-Type: application/soap+xml\r\n\r\n<a/>");
                  wire.awaitEnd();
                });
        HttpChannel channel = basic(host)) {
      send(channel);
      until(() -> host.openConnections() == 0);
      send(channel);
      assertEquals(2, host.connections());
    }
  }

  @Test
  void anAnswerThatIsCutAnywhereIsAnErrorAndTheMessageIsNotSentAgain() throws Exception {
    byte[] whole = answer(200, SOAP, "<answer/>");
    for (int cut = 0; cut < whole.length; cut++) {
      byte[] part = Arrays.copyOf(whole, cut);
      try (ScriptedHost host =
              new ScriptedHost(
                  wire -> {
                    if (wire.number() == 1) {
                      wire.read();
                      wire.write(whole);
                    }
                    wire.read();
                    wire.write(part);
                  });
          HttpChannel channel = basic(host)) {
        send(channel);
        ConnectionException e =
            assertThrows(ConnectionException.class, () -> send(channel), "cut at " + cut);
        assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState(), e.getMessage());
        assertEquals(2, host.requests().size(), "cut at " + cut);
        assertEquals(1, host.connections(), "cut at " + cut);
      }
    }
  }

  @Test
  void aMessageThatWasNotSentToItsEndHasNotStartedAnything() throws Exception {
    byte[] large = new byte[16 * 1024 * 1024];
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.socket().getInputStream().readNBytes(100);
                  wire.socket().setSoLinger(true, 0);
                });
        HttpChannel channel = basic(host)) {
      ConnectionException e =
          assertThrows(
              SessionDroppedException.class, () -> channel.send(large, Phase.RUN, Deadline.none()));
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      assertEquals(1, host.connections());
    }
  }

  @Test
  void aKeptConnectionThatBreaksBeforeTheLastByteIsReplacedOnce() throws Exception {
    byte[] large = new byte[16 * 1024 * 1024];
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.soap("<answer/>");
                  if (wire.number() == 1) {
                    wire.socket().getInputStream().readNBytes(100);
                    wire.socket().setSoLinger(true, 0);
                  }
                });
        HttpChannel channel = basic(host)) {
      send(channel);
      assertEquals("<answer/>", text(channel.send(large, Phase.RUN, Deadline.none())));
      assertEquals(2, host.connections());
    }
  }

  @Test
  void anInterruptedSenderGoesAtOnceAndTheConnectionWithIt() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  arrived.countDown();
                  wire.awaitEnd();
                });
        HttpChannel channel = basic(settings(host.port()))) {
      Thread sender = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                try {
                  arrived.await();
                  sender.interrupt();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      interrupter.start();
      assertThrows(InterruptedException.class, () -> send(channel));
      until(() -> host.openConnections() == 0);
      assertEquals(1, host.requests().size());
    }
  }

  @Test
  void aHostThatDripsIsCaughtByTheRequestTimeout() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                  while (true) {
                    wire.write("<");
                    Thread.sleep(10);
                  }
                });
        HttpChannel channel =
            basic(impatient(host.port(), Duration.ofSeconds(10), Duration.ofMillis(300)))) {
      ConnectionTimeoutException e =
          assertThrows(ConnectionTimeoutException.class, () -> send(channel));
      assertEquals(Termination.UNCONFIRMED, e.termination());
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      assertTrue(e.getMessage().contains("waiting for the answer took longer than 300 ms"));
      until(() -> host.openConnections() == 0);
    }
  }

  @Test
  void aHostThatDoesNotReadIsCaughtBeforeAnythingHasRun() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (ScriptedHost host = new ScriptedHost(wire -> done.await());
        HttpChannel channel =
            basic(impatient(host.port(), Duration.ofSeconds(10), Duration.ZERO))) {
      ConnectionTimeoutException e =
          assertThrows(
              ConnectionTimeoutException.class,
              () ->
                  channel.send(
                      new byte[32 * 1024 * 1024],
                      Phase.RUN,
                      Deadline.after(Duration.ofMillis(500))));
      assertEquals(Termination.NOT_NEEDED, e.termination());
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      done.countDown();
    }
  }

  @Test
  void aDeadlineThatHasPassedLeavesTheMessageUnsent() throws Exception {
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.soap("<answer/>"));
        HttpChannel channel = basic(host)) {
      send(channel);
      Deadline passed = Deadline.after(Duration.ofNanos(1));
      until(passed::hasPassed);
      ConnectionTimeoutException e =
          assertThrows(
              ConnectionTimeoutException.class,
              () -> channel.send(Channels.MESSAGE, Phase.RUN, passed));
      assertEquals(Termination.NOT_NEEDED, e.termination());
      assertEquals(1, host.requests().size());
    }
  }

  @Test
  void closingFailsWhatIsUnderWayAndClosesAll() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedHost host =
        new ScriptedHost(
            wire -> {
              wire.read();
              arrived.countDown();
              wire.awaitEnd();
            })) {
      HttpChannel channel = basic(host);
      CompletableFuture<String> answer = background(channel);
      arrived.await();
      channel.close();
      channel.close();
      ExecutionException e = assertThrows(ExecutionException.class, answer::get);
      assertEquals(ScriptState.MAY_HAVE_RUN, ((ConnectionException) e.getCause()).scriptState());
      until(() -> host.openConnections() == 0);
      ConnectionException closed = assertThrows(ConnectionException.class, () -> send(channel));
      assertEquals(ScriptState.NOT_STARTED, closed.scriptState());
      assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
    }
  }

  @Test
  void aPasswordThatIsRefusedWithAMessageIsNotShownAgain() throws Exception {
    try (ScriptedHost host =
            new ScriptedHost(
                wire -> {
                  wire.read();
                  wire.soap("<answer " + wire.number() + "/>");
                  wire.read();
                  wire.status(401, "WWW-Authenticate: Basic realm=\"WSMAN\"");
                });
        HttpChannel channel = basic(host)) {
      assertEquals("<answer 1/>", text(send(channel)));
      assertThrows(AuthenticationException.class, () -> send(channel));
      assertThrows(AuthenticationException.class, () -> send(channel));
      assertEquals(1, host.connections());
      assertEquals(2, host.requests().size());
    }
  }
}
