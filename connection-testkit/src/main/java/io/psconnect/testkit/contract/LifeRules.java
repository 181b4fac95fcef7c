package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Health;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A connection is opened, used and closed, and leaves nothing behind. */
public interface LifeRules extends ContractRules {

  /**
   * Opening what is open does nothing.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-01",
      reason = "Two users of a connection need not agree who of them opens it.")
  default void openingTwiceIsFine() throws Exception {
    Connection connection = host().opened();
    assertDoesNotThrow(connection::open);
    assertEquals(0, connection.runScript("exit 0").exitCode());
  }

  /**
   * Closing what is closed does nothing.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-02",
      reason = "try-with-resources and a clean-up hook may both close; the second must not fail.")
  default void closingTwiceIsFine() throws Exception {
    Connection connection = host().opened();
    connection.close();
    assertDoesNotThrow(connection::close);
  }

  /**
   * Closing what was never opened does nothing.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-03",
      reason = "A failed open() is followed by close(), whose error would hide the first.")
  default void closingWhatWasNeverOpenedIsFine() throws Exception {
    assertDoesNotThrow(host().unopened()::close);
  }

  /**
   * A call before {@code open()} is a mistake of the program.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-04",
      reason = "Connecting silently at the first call hides where time and errors come from.")
  default void callBeforeOpenIsRefused() throws Exception {
    assertCallsAreRefused(host().unopened());
  }

  /**
   * A call after {@code close()} is a mistake of the program.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-05",
      reason = "A call that revives a closed connection leaks a session nobody closes.")
  default void callAfterCloseIsRefused() throws Exception {
    Connection connection = host().opened();
    connection.close();
    assertCallsAreRefused(connection);
  }

  private void assertCallsAreRefused(Connection connection) throws Exception {
    Path source = TestFile.of(host(), new byte[1]).path();
    String target = host().join(host().newFolder(), "refused.bin");
    assertThrows(IllegalStateException.class, () -> connection.runScript("exit 0"));
    assertThrows(IllegalStateException.class, () -> connection.streamFile(source, target));
    assertThrows(IllegalStateException.class, connection::healthcheck);
  }

  /**
   * A closed connection stays closed.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-06",
      reason = "Credentials are wiped by close(); what could be opened again would have kept them.")
  default void closedConnectionStaysClosed() throws Exception {
    Connection connection = host().opened();
    connection.close();
    assertThrows(IllegalStateException.class, connection::open);
  }

  /**
   * Closing ends the calls that are under way.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-07",
      reason = "close() that waits for a script, or leaves its caller waiting, hangs a shutdown.")
  default void closingEndsTheCallsThatAreUnderWay() throws Exception {
    Connection connection = host().opened();
    Overheard overheard = new Overheard();
    Script script = Script.of("'begun'; Start-Sleep 600").withListener(overheard);
    BackgroundCall<Result> call = BackgroundCall.start(() -> connection.runScript(script));
    overheard.firstLine(host().patience());
    BackgroundCall.start(() -> close(connection)).answer(host().patience());
    SessionDroppedException dropped =
        call.failure(SessionDroppedException.class, host().patience());
    assertEquals(ScriptState.MAY_HAVE_RUN, dropped.scriptState());
  }

  private static boolean close(Connection connection) {
    connection.close();
    return true;
  }

  /**
   * The health check tells the truth.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-08",
      reason = "What a check reports decides which scripts are sent; it must be the host's word.")
  default void healthcheckTellsTheVersionOfTheHost() throws Exception {
    Health health = host().connection().healthcheck();
    String asked =
        "'PSVersion', 'PSEdition' | % { \"$($PSVersionTable.$_)\" }; \"$([Environment]::OSVersion)\"";
    assertEquals(
        host().lines(asked),
        List.of(health.powerShellVersion(), health.edition(), health.operatingSystem()));
  }

  /**
   * The connection and its errors name the same backend.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-09",
      reason = "With several backends in one program a log line must say whose trouble it tells.")
  default void errorsNameTheBackend() throws Exception {
    Connection connection = host().connection();
    assertTrue(connection.backend().matches("[a-z][a-z0-9]*"), connection.backend());
    Script script = Script.of("Start-Sleep 600").withTimeout(Duration.ofMillis(300));
    ConnectionTimeoutException failure =
        assertThrows(ConnectionTimeoutException.class, () -> connection.runScript(script));
    assertEquals(connection.backend(), failure.backend());
    assertTrue(failure.getMessage().startsWith(connection.backend()), failure.getMessage());
  }

  /**
   * After close no thread is left.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "LIFE-10",
      reason = "Threads that stay behind fill a server in days: winrm4j#21 #96, rundeck#677.")
  default void noThreadIsLeftAfterClose() throws Exception {
    host().run("exit 0");
    ThreadGroup group = new ThreadGroup("contract");
    BackgroundCall.start(group, this::useAndClose).answer(host().patience());
    long deadline = System.nanoTime() + host().patience().toNanos();
    while (!threads(group).isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertEquals(List.of(), threads(group), "threads left after close");
  }

  private boolean useAndClose() throws Exception {
    Connection connection = host().opened();
    connection.runScript(Script.of("'x'").withInput("y"));
    return close(connection);
  }

  /** A thread is in the group of the one that started it: others that work here are not. */
  private static List<String> threads(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() + 10];
    int count = group.enumerate(threads);
    return Stream.of(threads).limit(count).map(Thread::getName).toList();
  }
}
