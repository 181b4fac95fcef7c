package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls whose session, server or time ends, as the host itself sees it. */
@OnRealSshd
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealSshdLossTest {
  private static final String CHILD =
      """
      $program = New-Object Diagnostics.ProcessStartInfo
      $program.FileName = 'sleep'
      $program.Arguments = '1000'
      $program.UseShellExecute = $false
      $child = [Diagnostics.Process]::Start($program)
      "$PID $($child.Id)"
      $child.WaitForExit()
      """;

  @AutoClose private RealSshd sshd;
  @AutoClose private Connection connection;
  private Path trace;

  @BeforeEach
  void connect() throws Exception {
    sshd = RealSshd.start();
    connection = SshConnections.to(sshd.options());
    connection.open();
    trace = sshd.home().resolve("trace");
  }

  /** A script that says on the host that it was run, and then waits. */
  private Script tracing(FirstLine begun) {
    return Script.of(
            "[IO.File]::AppendAllText('%s', 'x'); 'begun'; Start-Sleep 100".formatted(trace))
        .withListener(begun);
  }

  @Test
  void droppedSessionIsAnExceptionAndTheNextCallConnectsAgain() throws Exception {
    FirstLine begun = new FirstLine();
    Attempt<Result> call = Attempt.start(() -> connection.runScript(tracing(begun)));
    begun.await();
    sshd.killSessions();
    SessionDroppedException e = call.failure(SessionDroppedException.class);
    assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
    assertEquals("again", connection.runScript("'again'").stdout().strip());
    assertEquals("x", Files.readString(trace), "how often the script was run");
  }

  @Test
  void callsAtOnceConnectAgainOnce() throws Exception {
    sshd.killSessions();
    sshd.clearLog();
    Attempt<Result> one = Attempt.start(() -> connection.runScript("'one'"));
    Attempt<Result> two = Attempt.start(() -> connection.runScript("'two'"));
    assertEquals("one", one.answer().stdout().strip());
    assertEquals("two", two.answer().stdout().strip());
    assertEquals(1, sshd.log().split("Accepted publickey", -1).length - 1, sshd::log);
  }

  @Test
  void serverThatIsDownIsUnreachableUntilItIsBack() throws Exception {
    sshd.stop();
    assertEquals("held", connection.runScript("'held'").stdout().strip(), "the session goes on");
    sshd.killSessions();
    UnreachableException e =
        assertThrows(UnreachableException.class, () -> connection.runScript("'x'"));
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    assertTrue(e.getMessage().contains("refused"), e.getMessage());
    sshd.restart();
    assertEquals("back", connection.runScript("'back'").stdout().strip());
  }

  @Test
  void timeoutEndsTheTreeOnTheHost() throws Exception {
    FirstLine ids = new FirstLine();
    Script script = Script.of(CHILD).withListener(ids).withTimeout(Duration.ofSeconds(6));
    Attempt<Result> call = Attempt.start(() -> connection.runScript(script));
    ids.await();
    assertTreeIsSeen(ids.await());
    ConnectionTimeoutException e = call.failure(ConnectionTimeoutException.class);
    assertEquals(Termination.CONFIRMED, e.termination(), e::getMessage);
    assertTreeIsGone();
  }

  @Test
  void interruptionEndsTheTreeOnTheHost() throws Exception {
    FirstLine ids = new FirstLine();
    Script script = Script.of(CHILD).withListener(ids);
    Attempt<Result> call = Attempt.start(() -> connection.runScript(script));
    assertTreeIsSeen(ids.await());
    call.interrupt();
    InterruptedException e = call.failure(InterruptedException.class);
    assertTrue(e.getMessage().contains(Termination.CONFIRMED.description()), e.getMessage());
    assertTreeIsGone();
  }

  private void assertTreeIsSeen(String ids) {
    var alive = sshd.userProcesses().stream().map(ProcessHandle::pid).toList();
    for (String id : ids.split(" ")) {
      assertTrue(alive.contains(Long.valueOf(id)), () -> id + " is not in " + alive);
    }
  }

  /** The login shell ends when PowerShell has. */
  private void assertTreeIsGone() {
    Waiting.until("the end of " + sshd.userProcesses(), () -> sshd.userProcesses().isEmpty());
  }
}
