package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.FakeConnection;
import io.psconnect.testkit.FakeRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a host, stage by stage. */
class CheckStageTest {
  @TempDir Path folder;

  private FakeConnection connection;

  @BeforeEach
  void newConnection() {
    connection = new FakeConnection("pretend", new FakeRunner());
  }

  private static Origin at(Phase phase) {
    return new Origin("pretend", "build01", phase);
  }

  private Outcome check(String url) throws IOException {
    return PretendBackend.with(connection, folder, () -> Outcome.of("check", "--url", url));
  }

  /** The rows of a check that ends with this failure. */
  private List<String> rowsUntil(ConnectionException failure, int exitCode) throws IOException {
    connection.failOpenWith(failure);
    Outcome outcome = check("pretend://build01");
    assertEquals(exitCode, outcome.exitCode());
    assertTrue(outcome.err().startsWith("connection: " + failure.getMessage()), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    return outcome.out().lines().map(line -> line.replaceAll(" {2,}", ": ")).toList();
  }

  @Test
  void aHostThatAnswersHasPassedEveryStage() throws IOException {
    Outcome outcome = check("pretend://build01");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .out()
            .startsWith(
                """
                backend         pretend
                reach           ok
                authentication  ok
                PowerShell      7.6.0 (Core)
                system          Fake 1.0
                answered        in 0 ms
                """),
        outcome.out());
  }

  @Test
  void aHostThatIsNotThereFailsTheFirst() throws IOException {
    UnreachableException failure =
        new UnreachableException(at(Phase.CONNECT), "nobody listens", null);
    assertEquals(List.of("backend: pretend", "reach: failed"), rowsUntil(failure, 69));
  }

  /** Of keys, and whether they are checked, the command knows where the backend is ours. */
  @Test
  void nothingIsSaidOfAHostKeyThatNobodySaysWasChecked() throws IOException {
    UnreachableException failure =
        new UnreachableException(
            at(Phase.CONNECT), "host key of build01:22 has changed: got SHA256:b", null);
    assertEquals(List.of("backend: pretend", "reach: failed"), rowsUntil(failure, 69));
  }

  @Test
  void aFileThatCannotBeReadSaysNothingOfTheHost() throws IOException {
    UnreachableException failure =
        new UnreachableException(at(Phase.PREPARE), "no such file", null);
    assertEquals(List.of("backend: pretend", "configuration: failed"), rowsUntil(failure, 69));
  }

  @Test
  void aHostThatRefusesUsWasReached() throws IOException {
    AuthenticationException failure =
        new AuthenticationException(at(Phase.AUTHENTICATE), "the host refused the key", null);
    assertEquals(
        List.of("backend: pretend", "reach: ok", "authentication: failed"), rowsUntil(failure, 77));
  }

  @Test
  void timeThatIsUpFailsTheStageThatItWasUpIn() throws IOException {
    ConnectionTimeoutException failure =
        new ConnectionTimeoutException(
            at(Phase.AUTHENTICATE), ScriptState.NOT_STARTED, Termination.NOT_NEEDED, "30 s");
    assertEquals("authentication: failed", rowsUntil(failure, 75).get(2));
  }

  @Test
  void aHostWithoutPowerShellHasLetUsIn() throws IOException {
    connection.failHealthcheckWith(
        new UnsupportedBackendException(at(Phase.START), "no PowerShell", null));
    Outcome outcome = check("pretend://build01");
    assertEquals(69, outcome.exitCode());
    assertTrue(outcome.out().endsWith("authentication  ok\nPowerShell      failed\n"));
  }

  @Test
  void thisMachineNeedsPowerShellAlone() throws IOException {
    connection.failOpenWith(
        new UnsupportedBackendException(at(Phase.START), "no PowerShell", null));
    Outcome outcome = check("pretend:");
    assertEquals("backend         pretend\nPowerShell      failed\n", outcome.out());
  }
}
