package io.psconnect.winrm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.QuotaException;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.winrm.faults.Waiting;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.http.TooLargeException;
import io.psconnect.winrm.internal.shell.ShellSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host may do wrong, and what becomes of the call. */
final class ShellFaultsTest {
  private static final long SHELL_UNKNOWN = 2150858843L;

  private static void echo(PlayedCommand command) throws java.io.IOException {
    command.exit(0, command.stdin().readAllBytes());
  }

  private static PlayedHost.Trouble once(String operation, PlayedHost.Trouble trouble) {
    AtomicInteger times = new AtomicInteger();
    return request ->
        request.operation().equals(operation) && times.getAndIncrement() == 0
            ? trouble.at(request)
            : null;
  }

  private static PlayedHost.Trouble always(String operation, PlayedHost.Trouble trouble) {
    return request -> request.operation().equals(operation) ? trouble.at(request) : null;
  }

  static PlayedHost.Trouble fault(long code) {
    return request -> PlayedHost.fault(request, code, "Words of the host.");
  }

  static PlayedHost.Trouble cut(ScriptState state) {
    return request -> {
      throw new SessionDroppedException(
          new Origin("winrm", "played", Phase.RUN), state, "the connection was cut", null);
    };
  }

  private static Script script(String input) {
    return Script.of("1").withCarrier(Carrier.INLINE).withInput(input);
  }

  private static Connection open(PlayedHost host) throws Exception {
    Connection connection = WinRmTransportTest.connection(host);
    connection.open();
    return connection;
  }

  @Test
  void oneShellServesCallAfterCall() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    try (Connection connection = open(host)) {
      for (int i = 0; i < 4; i++) {
        assertEquals("input " + i, connection.runScript(script("input " + i)).stdout());
      }
      Waiting.until(
          () -> "each command is let go of: " + host.operations(),
          () -> host.requests("Signal").size() == 4);
    }
    assertEquals(1, host.requests("Create").size());
    assertEquals(1, host.requests("Delete").size());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,1", "6,2", "14,3", "20,3"})
  void callsAtOnceShareShellsAsLongAsTheseHaveFewCommands(int calls, int shells) throws Exception {
    CountDownLatch all = new CountDownLatch(calls);
    Semaphore begun = new Semaphore(0);
    PlayedHost host =
        new PlayedHost(
            command -> {
              begun.release();
              all.countDown();
              all.await();
              echo(command);
            });
    try (Connection connection = open(host)) {
      List<CompletableFuture<String>> results = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        String input = "input " + i;
        results.add(started(() -> connection.runScript(script(input)).stdout()));
        assertTrue(begun.tryAcquire(30, TimeUnit.SECONDS));
      }
      for (int i = 0; i < calls; i++) {
        assertEquals("input " + i, results.get(i).get(30, TimeUnit.SECONDS));
      }
    }
    assertEquals(shells, host.requests("Create").size());
    assertEquals(0, host.openShells());
  }

  private interface Call {
    String run() throws Exception;
  }

  private static CompletableFuture<String> started(Call call) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call.run());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  @Test
  void aShellThatTheHostHasLostIsReplacedAndTheScriptStartsOnce() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    try (Connection connection = open(host)) {
      host.loseShells();
      assertEquals("again", connection.runScript(script("again")).stdout());
    }
    assertEquals(1, host.commands().size());
    assertEquals(2, host.requests("Create").size());
    assertEquals(1, host.requests("Delete").size(), "the lost one is not deleted");
  }

  @Test
  void aHostThatLosesEveryShellIsGivenUp() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(always("Command", fault(SHELL_UNKNOWN)));
    try (Connection connection = open(host)) {
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> connection.runScript(script("")));
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    }
    assertEquals(4, host.requests("Command").size());
  }

  /** All that are kept may have broken together: they are eight. */
  @Test
  void whatHasEndedIsLetGoThoughOneConnectionAfterTheOtherIsBroken() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    AtomicInteger signals = new AtomicInteger();
    PlayedHost.Trouble cut = cut(ScriptState.MAY_HAVE_RUN);
    host.before(
        always("Signal", request -> signals.incrementAndGet() <= 8 ? cut.at(request) : null));
    try (Connection connection = open(host)) {
      connection.runScript(script("over"));
      Waiting.until(
          () -> "it is let go of: " + host.operations(), () -> host.requests("Signal").size() == 9);
    }
    assertEquals(0, host.openShells());
  }

  @Test
  void aFullHeapEndsTheCallAtOnceAndAsWhatItIs() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    OutOfMemoryError full = new OutOfMemoryError("test");
    PlayedHost.Trouble fill =
        request -> {
          throw full;
        };
    try (Connection connection = open(host)) {
      host.before(once("Command", fill));
      assertSame(
          full, assertThrows(OutOfMemoryError.class, () -> connection.runScript(script("lost"))));
      assertEquals("again", connection.runScript(script("again")).stdout());
    }
    assertEquals(0, host.openShells());
  }

  @Test
  void aShellThatIsFullIsReplaced() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(once("Command", fault(2150859174L)));
    try (Connection connection = open(host)) {
      assertEquals("again", connection.runScript(script("again")).stdout());
    }
    assertEquals(2, host.requests("Create").size());
    assertEquals(2, host.requests("Delete").size());
  }

  @Test
  void whenTheHostAllowsNoMoreShellsTheOnesThereTakeMore() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    PlayedHost host =
        new PlayedHost(
            command -> {
              all.countDown();
              all.await();
              echo(command);
            });
    try (Connection connection = open(host)) {
      host.before(always("Create", fault(2150859173L)));
      List<CompletableFuture<String>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(started(() -> connection.runScript(script("x")).stdout()));
      }
      for (CompletableFuture<String> result : results) {
        assertEquals("x", result.get(30, TimeUnit.SECONDS));
      }
    }
    assertEquals(2, host.requests("Create").size(), "it is asked once, and not at each call");
  }

  @ParameterizedTest
  @CsvSource({"Create, 1726", "Command, 995", "Receive, 2150858843"})
  void aFaultIsToldWithTheHostsWords(String operation, long code) throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(always(operation, fault(code)));
    try (Connection connection = WinRmTransportTest.connection(host)) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> {
                connection.open();
                connection.runScript(script("input"));
              });
      assertTrue(e.getMessage().contains("Words of the host."), e::getMessage);
      assertTrue(e.getMessage().contains(Long.toString(code)), e::getMessage);
    }
    assertEquals(0, host.openShells());
  }

  /** Only a result that has come hides that something was lost on its way. */
  @ParameterizedTest(name = "{0}, acted on: {1}, fails: {2}")
  @CsvSource({
    "Create, false, true",
    "Create, true, true",
    "Command, false, true",
    "Command, true, true",
    "Send, false, true",
    "Send, true, false",
    "Receive, false, true",
    "Receive, true, true",
    "Signal, false, false",
    "Signal, true, false",
    "Delete, false, false",
    "Delete, true, false"
  })
  void aCutNeverStartsAScriptTwice(String operation, boolean acted, boolean fails)
      throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    PlayedHost.Trouble trouble = once(operation, cut(ScriptState.MAY_HAVE_RUN));
    if (acted) {
      host.after(trouble);
    } else {
      host.before(trouble);
    }
    try (Connection connection = WinRmTransportTest.connection(host)) {
      connection.open();
      assertEquals("input", connection.runScript(script("input")).stdout());
      assertFalse(fails, "it went well");
    } catch (ConnectionException e) {
      assertTrue(fails, e::toString);
      assertEquals(
          operation.equals("Create") ? ScriptState.NOT_STARTED : ScriptState.MAY_HAVE_RUN,
          e.scriptState(),
          e::getMessage);
    }
    assertTrue(host.commands().size() <= 1, operation);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Send", "Receive"})
  void aMessageThatHasCertainlyNotLeftIsSentAgain(String operation) throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(once(operation, cut(ScriptState.NOT_STARTED)));
    try (Connection connection = open(host)) {
      assertEquals("input", connection.runScript(script("input")).stdout());
    }
    assertEquals(1, host.commands().size());
  }

  @Test
  void inputThatTheHostIsTooBusyForIsSentAgainAndArrivesOnce() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(once("Send", fault(170)));
    try (Connection connection = open(host)) {
      assertEquals("input", connection.runScript(script("input")).stdout());
    }
    assertEquals(2, host.requests("Send").size());
  }

  @Test
  void inputThatWasNotReadInTimeHasBeenDelivered() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.after(once("Send", fault(2150858793L)));
    try (Connection connection = open(host)) {
      assertEquals("input", connection.runScript(script("input")).stdout());
    }
    assertEquals(1, host.requests("Send").size());
  }

  @Test
  void aProcessThatEndsWithoutReadingItsInputHasAResult() throws Exception {
    PlayedHost host =
        new PlayedHost(
            command -> {
              command.stdin().close();
              command.stdout("early");
              command.exit(3);
            });
    host.before(once("Send", fault(109)));
    try (Connection connection = open(host)) {
      assertEquals(3, connection.runScript(script("input")).exitCode());
    }
  }

  @Test
  void whileNothingComesTheHostIsAskedAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    PlayedHost host =
        new PlayedHost(
            command -> {
              asked.await();
              command.exit(0);
            });
    host.before(
        always(
            "Receive",
            request -> {
              asked.countDown();
              return null;
            }));
    ShellSettings settings =
        new ShellSettings("http://played/wsman", "powershell.exe", 1, Duration.ofMillis(50));
    try (Connection connection =
        new PowerShellConnection(new WinRmTransport(host, settings, "played"), Duration.ZERO)) {
      connection.open();
      assertEquals(0, connection.runScript(script("")).exitCode());
    }
    assertTrue(host.requests("Receive").size() >= 3);
  }

  @ParameterizedTest
  @CsvSource({"3221225786, -1073741510", "4294967295, -1", "-1, -1", "2147483648, -2147483648"})
  void allBitsOfAnExitCodeArrive(long told, int code) throws Exception {
    PlayedHost host =
        new PlayedHost(
            command -> {
              command.stdout("x");
              command.exit(told);
            });
    try (Connection connection = open(host)) {
      assertEquals(code, connection.runScript(script("")).exitCode());
    }
  }

  @Test
  void aTimeoutSaysThatTheEndWasSeenOnlyIfTheHostToldOfIt() throws Exception {
    for (boolean terminates : new boolean[] {true, false}) {
      PlayedHost host = new PlayedHost(command -> new CountDownLatch(1).await());
      if (!terminates) {
        // Answered as if it were done, and it is not.
        host.withoutTermination();
      }
      try (Connection connection = open(host)) {
        ConnectionTimeoutException e =
            assertThrows(
                ConnectionTimeoutException.class,
                () -> connection.runScript(script("").withTimeout(Duration.ofMillis(200))));
        assertEquals(terminates ? Termination.CONFIRMED : Termination.UNCONFIRMED, e.termination());
      }
      assertEquals(0, host.openShells());
    }
  }

  @Test
  void aSignalThatIsNotAnsweredConfirmsNothing() throws Exception {
    PlayedHost host = new PlayedHost(command -> new CountDownLatch(1).await());
    host.after(always("Signal", fault(1726)));
    try (Connection connection = open(host)) {
      ConnectionTimeoutException e =
          assertThrows(
              ConnectionTimeoutException.class,
              () -> connection.runScript(script("").withTimeout(Duration.ofMillis(200))));
      assertEquals(Termination.UNCONFIRMED, e.termination());
    }
  }

  @Test
  void aCommandThatIsNotAnsweredInTimeIsEndedWhenItIs() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    PlayedHost host = new PlayedHost(command -> new CountDownLatch(1).await());
    host.after(
        once(
            "Command",
            request -> {
              answer.await();
              return null;
            }));
    try (Connection connection = open(host)) {
      ConnectionTimeoutException e =
          assertThrows(
              ConnectionTimeoutException.class,
              () -> connection.runScript(script("").withTimeout(Duration.ofMillis(200))));
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      answer.countDown();
      host.commands().get(0).awaitAbort();
    }
    assertEquals(0, host.openShells());
  }

  @Test
  void largeEnvelopesAreUsedOnlyWhereTheHostTakesThem() throws Exception {
    byte[] input = new byte[900_000];
    for (String version : List.of("OS: 6.1.7601 SP: 1.0 Stack: 2.0", "Stack: 3.0", "nonsense")) {
      PlayedHost host = new PlayedHost(ShellFaultsTest::echo).withProductVersion(version);
      try (Connection connection = open(host)) {
        connection.runScript(script("").withInput(input));
      }
      int most = version.equals("Stack: 3.0") ? 512_000 : 153_600;
      int largest =
          host.requests("Send").stream().mapToInt(sent -> sent.text().length()).max().orElse(0);
      assertTrue(largest <= most && largest > most * 0.9, () -> version + ": " + largest);
    }
  }

  @Test
  void aHostThatDoesNotSayWhatItIsTakesSmallEnvelopes() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(once("Identify", fault(2150858817L)));
    try (Connection connection = open(host)) {
      assertEquals("x", connection.runScript(script("x")).stdout());
    }
    assertTrue(host.requests("Command").get(0).text().contains(">153600<"));
  }

  /** A command is smaller than any host's limit, and who says so may have passed it on. */
  @Test
  void aCommandIsNotSentAgainWhenItIsSaidToBeTooLarge() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo).withProductVersion("Stack: 3.0");
    host.after(
        once(
            "Command",
            request -> {
              throw new TooLargeException(new Origin("winrm", "played", Phase.START), "413");
            }));
    try (Connection connection = open(host)) {
      assertThrows(ConnectionException.class, () -> connection.runScript(script("x")));
    }
    assertEquals(1, host.requests("Command").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Send", "Receive"})
  void aRefusalInMidCallDoesNotSayThatTheScriptHasNotStarted(String operation) throws Exception {
    PlayedHost host = new PlayedHost(command -> new CountDownLatch(1).await());
    host.before(
        always(
            operation,
            request -> {
              throw new AuthenticationException(
                  new Origin("winrm", "played", Phase.AUTHENTICATE), "the password is old", null);
            }));
    try (Connection connection = open(host)) {
      SessionDroppedException e =
          assertThrows(SessionDroppedException.class, () -> connection.runScript(script("x")));
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      assertTrue(e.getMessage().contains("the password is old"), e::getMessage);
    }
    assertEquals(1, host.requests(operation).size());
  }

  @Test
  void whatIsTooLargeIsSentInSmallerPieces() throws Exception {
    byte[] input = new byte[900_000];
    new java.util.Random(1).nextBytes(input);
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(
        always(
            "Send",
            request -> {
              if (request.text().length() > 153_600) {
                throw new TooLargeException(new Origin("winrm", "played", Phase.RUN), "413");
              }
              return null;
            }));
    ArrayList<Byte> received = new ArrayList<>();
    PlayedHost kept = host;
    try (Connection connection = open(kept)) {
      connection.runScript(
          script("")
              .withInput(input)
              .withListener(
                  new io.psconnect.OutputListener() {
                    @Override
                    public void onStdout(java.nio.ByteBuffer bytes) {
                      while (bytes.hasRemaining()) {
                        received.add(bytes.get());
                      }
                    }
                  }));
    }
    assertEquals(input.length, received.size());
    for (int i = 0; i < input.length; i++) {
      assertEquals(input[i], received.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Sign in</body></html>",
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body>",
        "<!DOCTYPE s [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><s>&e;</s>",
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Header/><s:Body/></s:Envelope>",
        "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body/></s:Envelope>"
      })
  void anAnswerThatIsNoneIsAClearError(String body) throws Exception {
    for (String operation : List.of("Create", "Command", "Receive")) {
      PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
      host.before(always(operation, request -> new HttpChannel.Answer(200, body.getBytes(UTF_8))));
      try (Connection connection = WinRmTransportTest.connection(host)) {
        ConnectionException e =
            assertThrows(
                ConnectionException.class,
                () -> {
                  connection.open();
                  connection.runScript(script("x"));
                });
        assertTrue(e.getMessage().contains("answer"), e::getMessage);
        assertFalse(e.getMessage().contains("root:"), e::getMessage);
        assertEquals(
            operation.equals("Create") ? ScriptState.NOT_STARTED : ScriptState.MAY_HAVE_RUN,
            e.scriptState());
        assertFalse(e instanceof UnreachableException, e::toString);
      }
    }
  }

  @Test
  void anAnswerToAnotherMessageIsRefused() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(
        always(
            "Receive",
            request ->
                PlayedHost.answer(
                    new PlayedHost.Request("Receive", "uuid:OTHER", "", ""), "<rsp:X/>")));
    try (Connection connection = open(host)) {
      SessionDroppedException e =
          assertThrows(SessionDroppedException.class, () -> connection.runScript(script("x")));
      assertTrue(e.getMessage().contains("RelatesTo"), e::getMessage);
    }
  }

  @Test
  void theWordsOfAccessDeniedSayWhoMayCome() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    host.before(always("Create", fault(5)));
    try (Connection connection = WinRmTransportTest.connection(host)) {
      AuthenticationException e = assertThrows(AuthenticationException.class, connection::open);
      assertTrue(e.getMessage().contains("Remote Management Users"), e::getMessage);
    }
  }

  @Test
  void aQuotaLeavesTheConnectionUsable() throws Exception {
    PlayedHost host = new PlayedHost(ShellFaultsTest::echo);
    try (Connection connection = open(host)) {
      host.before(always("Command", fault(2150859174L)));
      assertThrows(QuotaException.class, () -> connection.runScript(script("x")));
      host.before(request -> null);
      assertEquals("x", connection.runScript(script("x")).stdout());
    }
  }
}
