package io.psconnect.ssh.faults;

import static io.psconnect.ScriptState.MAY_HAVE_RUN;
import static io.psconnect.ScriptState.NOT_STARTED;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.Phase;
import io.psconnect.QuotaException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.Waiting;
import io.psconnect.testkit.ssh.SshFault;
import io.psconnect.testkit.ssh.SshFault.Stage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** For each stage and each fault: the type, the state of the script, and that nothing is left. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultTableTest {
  private static final Duration SOON = Duration.ofMillis(1500);
  private static final Script ANSWER = Script.of("answer").withTimeout(SOON);

  private final FaultyHost faulty = new FaultyHost();

  @AfterEach
  void nothingIsLeft() {
    faulty.requireNothingLeft();
    faulty.close();
  }

  static Stream<Arguments> faultsOfConnecting() {
    return Stream.of(
        connecting(
            SshFault.refuseConnections(), UnreachableException.class, Phase.CONNECT, "refused"),
        connecting(SshFault.hangUp(), UnreachableException.class, Phase.CONNECT, "failed: "),
        connecting(
            SshFault.answerHttp(),
            UnreachableException.class,
            Phase.CONNECT,
            "not as an SSH server; it said: HTTP/1.1 400 Bad Request"),
        connecting(
            SshFault.answer("220 mail ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)),
            UnreachableException.class,
            Phase.CONNECT,
            "it said: 220 mail ESMTP"),
        connecting(
            SshFault.endlessBanner(),
            UnreachableException.class,
            Phase.CONNECT,
            "it said: Welcome to build01."),
        connecting(SshFault.otherHostKey(), UnreachableException.class, Phase.CONNECT, "SHA256:"),
        connecting(
            SshFault.rejectAuthentication(),
            AuthenticationException.class,
            Phase.AUTHENTICATE,
            "admin"),
        connecting(
            SshFault.silence(), ConnectionTimeoutException.class, Phase.CONNECT, "within 1500 ms"),
        connecting(
            SshFault.stall(Stage.VERSION_EXCHANGE),
            ConnectionTimeoutException.class,
            Phase.CONNECT,
            "exchanging keys"),
        connecting(
            SshFault.stall(Stage.KEY_EXCHANGE),
            ConnectionTimeoutException.class,
            Phase.CONNECT,
            "exchanging keys"),
        connecting(
            SshFault.stall(Stage.AUTHENTICATION),
            ConnectionTimeoutException.class,
            Phase.AUTHENTICATE,
            "authenticating"),
        connecting(
            SshFault.cutAfterBytesFromClient(0), UnreachableException.class, Phase.CONNECT, ""),
        connecting(
            SshFault.cutAfterBytesFromClient(500), UnreachableException.class, Phase.CONNECT, ""),
        connecting(
            SshFault.cutAfterBytesToClient(0), UnreachableException.class, Phase.CONNECT, ""),
        connecting(
            SshFault.cutAfterBytesToClient(500), UnreachableException.class, Phase.CONNECT, ""));
  }

  private static Arguments connecting(
      SshFault fault, Class<? extends ConnectionException> type, Phase phase, String words) {
    return arguments(fault, type, phase, words);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("faultsOfConnecting")
  void hostThatCannotBeReachedSaysWhy(
      SshFault fault, Class<? extends ConnectionException> type, Phase phase, String words)
      throws Exception {
    faulty.host.inject(fault);
    try (Connection connection = connection()) {
      long start = System.nanoTime();
      ConnectionException e = assertThrows(ConnectionException.class, connection::open);
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      assertRow(type, NOT_STARTED, words, e);
      assertEquals(phase, e.origin().phase());
      assertTrue(taken.compareTo(SOON.plusSeconds(20)) < 0, taken::toString);
    }
    assertEquals(1, faulty.powerShell.scripts().size(), "of the warm-up alone");
  }

  static Stream<Arguments> faultsOfCalls() {
    return Stream.of(
        arguments(
            SshFault.stall(Stage.CHANNEL_OPEN), ConnectionTimeoutException.class, NOT_STARTED),
        arguments(SshFault.stall(Stage.EXEC_REPLY), ConnectionTimeoutException.class, MAY_HAVE_RUN),
        arguments(SshFault.stall(Stage.OUTPUT), ConnectionTimeoutException.class, MAY_HAVE_RUN),
        arguments(
            SshFault.stall(Stage.EXIT_STATUS), ConnectionTimeoutException.class, MAY_HAVE_RUN),
        arguments(SshFault.silence(), ConnectionTimeoutException.class, NOT_STARTED),
        arguments(SshFault.noExitStatus(), SessionDroppedException.class, MAY_HAVE_RUN),
        arguments(SshFault.exitSignal("KILL"), SessionDroppedException.class, MAY_HAVE_RUN),
        arguments(SshFault.maxSessions(0), QuotaException.class, NOT_STARTED),
        arguments(SshFault.cutAfterBytesFromClient(0), SessionDroppedException.class, NOT_STARTED));
  }

  @ParameterizedTest(name = "{0}: {1}, {2}")
  @MethodSource("faultsOfCalls")
  void callThatFailsSaysWhetherItsScriptMayHaveRun(
      SshFault fault, Class<? extends ConnectionException> type, ScriptState state)
      throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      faulty.host.inject(fault);
      assertRow(
          type,
          state,
          "",
          assertThrows(ConnectionException.class, () -> connection.runScript(ANSWER)));
    }
    assertTrue(faulty.powerShell.scripts().size() <= 2, "started once, after the warm-up's");
  }

  private static void assertRow(
      Class<? extends ConnectionException> type,
      ScriptState state,
      String words,
      ConnectionException e) {
    assertAll(
        () -> assertEquals(type, e.getClass(), e::toString),
        () -> assertEquals(state, e.scriptState(), e::toString),
        () -> assertTrue(e.getMessage().contains(words), e::getMessage),
        () -> assertFalse(e.getMessage().contains(FaultyHost.PASSWORD), e::getMessage));
  }

  @Test
  void streamsHeldAfterTheExitStatusDoNotHoldTheCall() throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      faulty.host.inject(SshFault.exitStatusWithoutEof());
      Result result = connection.runScript(Script.of("answer"));
      assertEquals(3, result.exitCode());
      assertEquals("said\r\n", result.stdout());
    }
  }

  @Test
  void callAfterALostSessionConnectsAgain() throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      faulty.host.cutConnections();
      assertEquals(3, afterTheLoss(connection).exitCode());
    }
  }

  /** The loss may not have been seen yet: then the call that finds it says that nothing was run. */
  private static Result afterTheLoss(Connection connection) throws Exception {
    try {
      return connection.runScript("answer");
    } catch (SessionDroppedException e) {
      assertEquals(NOT_STARTED, e.scriptState());
      return connection.runScript("answer");
    }
  }

  @Test
  void callUnderWayIsDroppedWithItsSessionAndNotRunAgain() throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      CompletableFuture<Result> call = inBackground(connection, Script.of("hold"));
      Waiting.until("the script runs", () -> faulty.powerShell.scripts().size() == 2);
      faulty.host.cutConnections();
      assertRow(SessionDroppedException.class, MAY_HAVE_RUN, "session was lost", failureOf(call));
      assertEquals(3, connection.runScript("answer").exitCode());
    }
    assertEquals(3, faulty.powerShell.scripts().size());
  }

  @Test
  void hostThatGivesNoSignOfLifeIsGone() throws Exception {
    try (Connection connection =
        Connections.of(faulty.options().keepAlive(Duration.ofMillis(200)).build())) {
      connection.open();
      CompletableFuture<Result> call = inBackground(connection, Script.of("hold"));
      Waiting.until("the script runs", () -> faulty.powerShell.scripts().size() == 2);
      faulty.host.inject(SshFault.silence());
      assertRow(SessionDroppedException.class, MAY_HAVE_RUN, "", failureOf(call));
    }
  }

  @Test
  void timeoutEndsTheProcessOnTheHostAndSaysSo() throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      ConnectionException e =
          assertThrows(
              ConnectionTimeoutException.class,
              () -> connection.runScript(Script.of("hold").withTimeout(SOON)));
      assertTrue(e.getMessage().endsWith("and what it had started were ended"), e.getMessage());
      Waiting.until("it ends", () -> faulty.host.openProcesses() == 0);
    }
  }

  /** Wherever a call is cut, its script is started at most once, and the caller is told. */
  @Test
  void callCutAnywhereRunsAtMostOnce() throws Exception {
    for (int bytes = 0; bytes < 3_000; bytes += 97) {
      String script = "answer " + bytes;
      ScriptState state = stateAfterACut(bytes, script);
      Waiting.until("the host is idle", () -> faulty.host.openSessions() == 0);
      long starts = startsOf(script);
      assertTrue(starts <= 1, () -> "started %d times: %s".formatted(starts, script));
      assertFalse(starts == 1 && state == NOT_STARTED, () -> "started, and denied: " + script);
    }
  }

  private ScriptState stateAfterACut(int bytes, String script) throws Exception {
    try (Connection connection = connection()) {
      connection.open();
      faulty.host.inject(SshFault.cutAfterBytesFromClient(bytes));
      connection.runScript(script);
      return MAY_HAVE_RUN;
    } catch (SessionDroppedException e) {
      return e.scriptState();
    } finally {
      faulty.host.heal();
    }
  }

  private long startsOf(String script) {
    return faulty.powerShell.scripts().stream()
        .filter(started -> started.text().equals(script))
        .count();
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"VERSION_EXCHANGE", "KEY_EXCHANGE", "AUTHENTICATION"})
  void openingIsInterruptedAtEveryStage(Stage stage) throws Exception {
    faulty.host.inject(SshFault.stall(stage));
    try (Connection connection = Connections.of(faulty.options().build())) {
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread opener =
          new Thread(() -> outcome.complete(assertThrows(Throwable.class, connection::open)));
      opener.start();
      Waiting.until("it connects", () -> faulty.host.openSessions() == 1);
      opener.interrupt();
      assertEquals(InterruptedException.class, outcome.get().getClass());
      opener.join();
    }
  }

  /** On Linux, a listener whose queue is full answers no more connection requests. */
  @Test
  void hostThatDoesNotAnswerByTcpIsATimeoutAndCanBeInterrupted() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        queue.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
      }
      SshOptions.Builder options = faulty.options().port(listener.getLocalPort());
      try (Connection connection = Connections.of(options.connectTimeout(SOON).build())) {
        assertRow(
            ConnectionTimeoutException.class,
            NOT_STARTED,
            "while connecting to 127.0.0.1",
            assertThrows(ConnectionException.class, connection::open));
      }
      try (Connection connection = Connections.of(options.connectTimeout(Duration.ZERO).build())) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, connection::open);
      }
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  private Connection connection() throws ConnectionException {
    return Connections.of(faulty.options().connectTimeout(SOON).build());
  }

  private static CompletableFuture<Result> inBackground(Connection connection, Script script) {
    CompletableFuture<Result> outcome = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                outcome.complete(connection.runScript(script));
              } catch (Exception e) {
                outcome.completeExceptionally(e);
              }
            });
    caller.setDaemon(true);
    caller.start();
    return outcome;
  }

  private static ConnectionException failureOf(CompletableFuture<Result> call) {
    return (ConnectionException) assertThrows(ExecutionException.class, call::get).getCause();
  }
}
