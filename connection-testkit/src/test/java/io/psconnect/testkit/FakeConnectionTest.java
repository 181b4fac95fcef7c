package io.psconnect.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FakeConnectionTest {
  private static final Origin ORIGIN = new Origin("ssh", "build01:22", Phase.CONNECT);

  private final FakeConnection connection = new FakeConnection("ssh", new FakeRunner());

  @BeforeEach
  void everyScriptIsAnswered() {
    connection.runner().whenScript(script -> true).thenReturn(Result.of(0, "out", ""));
  }

  @Test
  void itsRunnerAnswersScriptsAndRecordsCopies(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "x");
    connection.open();

    assertEquals("out", connection.runScript("x").stdout());
    connection.streamFile(source, "/a");

    assertEquals("/a", connection.runner().copies().get(0).target());
    assertEquals("ssh", connection.backend());
    assertEquals("fake", new FakeConnection().backend());
  }

  @Test
  void callsBeforeOpenAreRefusedInTheWordsOfARealConnection(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "x");
    String message = "the ssh connection is not open; call open() first";

    for (var call :
        List.<Executable>of(
            () -> connection.runScript("x"),
            () -> connection.streamFile(source, "/a"),
            connection::healthcheck)) {
      assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }
    assertEquals(List.of(), connection.runner().calls());
  }

  @Test
  void itsWordsAreThoseOfTheConnectionThatEveryBackendHandsOut() {
    FakeConnection fake = new FakeConnection(ScriptedPowerShell.BACKEND, new FakeRunner());
    Connection real = new ScriptedPowerShell().connection();

    assertEquals(refusal(real), refusal(fake));
    real.close();
    fake.close();
    assertEquals(refusal(real), refusal(fake));
  }

  private static String refusal(Connection connection) {
    return assertThrows(IllegalStateException.class, () -> connection.runScript("x")).getMessage();
  }

  @Test
  void aClosedConnectionStaysClosed() throws Exception {
    connection.open();
    connection.close();
    connection.close();
    String message = "the ssh connection is closed; make a new one";

    assertEquals(
        message,
        assertThrows(IllegalStateException.class, () -> connection.runScript("x")).getMessage());
    assertEquals(message, assertThrows(IllegalStateException.class, connection::open).getMessage());
    assertEquals(2, connection.timesClosed());
  }

  @Test
  void openingTwiceIsOpeningOnce() throws Exception {
    assertFalse(connection.isOpen());
    connection.open();
    connection.open();

    assertTrue(connection.isOpen());
    assertEquals(1, connection.timesOpened());
    assertEquals(0, connection.timesClosed());
  }

  @Test
  void eachFailureToOpenStandsForOneAttempt() throws Exception {
    UnreachableException first = new UnreachableException(ORIGIN, "no route", null);
    UnreachableException second = new UnreachableException(ORIGIN, "refused", null);
    connection.failOpenWith(first);
    connection.failOpenWith(second);

    assertSame(first, assertThrows(UnreachableException.class, connection::open));
    assertSame(second, assertThrows(UnreachableException.class, connection::open));
    assertFalse(connection.isOpen());
    connection.open();
    assertEquals(1, connection.timesOpened());
  }

  @Test
  void healthIsFineUnlessAFailureWasAskedFor() throws Exception {
    SessionDroppedException failure =
        new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "gone", null);
    connection.open();
    connection.failHealthcheckWith(failure);

    assertSame(failure, assertThrows(SessionDroppedException.class, connection::healthcheck));
    assertEquals("7.6.0", connection.healthcheck().powerShellVersion());
  }

  @Test
  void afterADropTheNextCallMakesANewSession() throws Exception {
    connection.open();
    connection.drop();

    assertEquals("out", connection.runScript("x").stdout());
    assertTrue(connection.isOpen());
    assertEquals(1, connection.timesOpened());
  }

  @Test
  void afterADropTheHostMayBeOutOfReach() throws Exception {
    connection.open();
    connection.failOpenWith(new UnreachableException(ORIGIN, "no route", null));
    connection.drop();

    UnreachableException failure =
        assertThrows(UnreachableException.class, () -> connection.runScript("x"));
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertEquals("out", connection.runScript("x").stdout());
  }

  @Test
  void aDropBeforeOpenDoesNothing() {
    connection.drop();

    assertThrows(IllegalStateException.class, () -> connection.runScript("x"));
  }

  @Test
  void aDropEndsACallThatWaitsForItsAnswer() throws Exception {
    SessionDroppedException dropped = endedBy(connection::drop);

    assertEquals(ScriptState.MAY_HAVE_RUN, dropped.scriptState());
    assertEquals("ssh, running the script: the session was dropped", dropped.getMessage());
  }

  @Test
  void closingEndsACallThatWaitsForItsAnswer() throws Exception {
    SessionDroppedException dropped = endedBy(connection::close);

    assertEquals(
        "ssh, running the script: the connection was closed by another thread while the call was"
            + " under way",
        dropped.getMessage());
  }

  private SessionDroppedException endedBy(Runnable end) throws Exception {
    connection
        .runner()
        .whenScriptContains("slow")
        .after(Duration.ofDays(1))
        .thenReturn(Result.of(0, "", ""));
    connection.open();
    CompletableFuture<Result> call = CompletableFuture.supplyAsync(this::runSlowScript);
    Waiting.until(() -> !connection.runner().scripts().isEmpty());
    end.run();
    ExecutionException failure = assertThrows(ExecutionException.class, call::get);
    return (SessionDroppedException) failure.getCause();
  }

  private Result runSlowScript() {
    try {
      return connection.runScript("slow");
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
