package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.ConnectionUri;
import io.psconnect.LoginProblem;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} says of a WinRM host, stage by stage. */
class WinRmCheckStageTest {
  private static Origin at(Phase phase) {
    return new Origin("winrm", "build01", phase);
  }

  private static ConnectionException unreachable(String message) {
    return new UnreachableException(at(Phase.CONNECT), message, null);
  }

  /** The words are not looked at. */
  private static ConnectionException refused(LoginProblem problem) {
    return new AuthenticationException(
        at(Phase.AUTHENTICATE), problem, "unencrypted, SPN, clock, TLS", null);
  }

  private static List<String> rows(String uri, ConnectionException failure) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckReport report =
        new CheckReport(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            "winrm",
            CheckPlan.of(ConnectionUri.parse(uri)));
    report.notOpened(failure);
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.replaceAll(" {2,}", ": "))
        .toList();
  }

  @Test
  void aHostThatIsNotThereHasNoListener() {
    assertEquals(List.of("listener: failed"), rows("winrm://h", unreachable("nobody listens")));
  }

  @Test
  void theWordsAreNotLookedAt() {
    String page = "HTTP 404: \"This host has no TLS certificate\"";
    assertEquals(List.of("listener: failed"), rows("winrm://h", unreachable(page)));
  }

  @Test
  void whereTlsDoesNotComeAboutTheListenerWasReached() {
    assertEquals(
        List.of("listener: ok", "TLS: failed"),
        rows("winrm://h", new UnreachableException(at(Phase.TLS), "expired", null)));
  }

  @Test
  void aFileThatCannotBeReadSaysNothingOfTheHost() {
    assertEquals(
        List.of("configuration: failed"),
        rows("winrm://h", new UnreachableException(at(Phase.PREPARE), "no such file", null)));
  }

  @Test
  void timeThatIsUpFailsTheStageThatItWasUpIn() {
    assertEquals(
        List.of("listener: ok", "TLS: failed"),
        rows(
            "winrm://h",
            new ConnectionTimeoutException(
                at(Phase.TLS), ScriptState.NOT_STARTED, Termination.NOT_NEEDED, "30 s")));
  }

  @Test
  void overHttpThereIsNoTls() {
    assertEquals(
        List.of("listener: ok", "credentials: failed"),
        rows("winrm://h?http=true", refused(LoginProblem.CREDENTIALS)));
  }

  @ParameterizedTest
  @CsvSource({"CREDENTIALS, credentials", "SPN, SPN", "CLOCK, clock", "UNENCRYPTED, unencrypted"})
  void aRefusalIsTakenApart(LoginProblem problem, String stage) {
    assertEquals(
        List.of("listener: ok", "TLS: ok", stage + ": failed"),
        rows("winrm://h", refused(problem)));
    assertEquals(
        List.of("listener: ok", stage + ": failed"), rows("winrm://h?http=true", refused(problem)));
  }

  @Test
  void aShellThatIsRefusedHasLetUsIn() {
    assertEquals(
        List.of("listener: ok", "TLS: ok", "credentials: ok", "shell: failed"),
        rows(
            "winrm://h",
            new ConnectionException(
                at(Phase.START), ScriptState.NOT_STARTED, "too many shells", null)));
  }
}
