package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import java.util.List;

/** A script runs once, in a process of its own, and its result is the truth. */
public interface RunRules extends ContractRules {

  /**
   * Standard output is complete: line ends, blanks and all.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-01",
      reason = "Output that is cut, trimmed or wrapped cannot be compared or parsed: pywinrm#216.")
  default void standardOutputIsExactlyWhatTheScriptWrote() throws Exception {
    Result result = host().run("[Console]::Write(\"  a`r`n`r`n b `n\")");
    assertEquals("  a\r\n\r\n b \n", result.stdout());
  }

  /**
   * {@code exit N} gives N.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-02",
      reason = "A lost exit code makes a failure a success: packer#9433, pywinrm#361.")
  default void exitCodeIsTheOneThatTheScriptGave() throws Exception {
    for (int code : List.of(0, 5, 255)) {
      assertEquals(code, host().run("exit " + code).exitCode(), "exit code of: exit " + code);
    }
  }

  /**
   * An uncaught error gives 1, and its message.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-03",
      reason = "An uncaught throw was reported as success: WinRb/WinRM#338.")
  default void uncaughtErrorGivesOneAndItsMessage() throws Exception {
    Result result = host().run("throw 'the cable is out'");
    assertEquals(1, result.exitCode(), "exit code");
    assertTrue(result.stderr().contains("the cable is out"), () -> "stderr: " + result.stderr());
  }

  /**
   * A last statement that failed gives 1.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-04",
      reason = "PowerShell says so for -EncodedCommand; launchers that wrap the script lose it.")
  default void failedLastStatementGivesOne() throws Exception {
    assertEquals(1, host().run("Get-Item /no/such/file/anywhere").exitCode(), "exit code");
  }

  /**
   * A script that cannot be parsed does not run at all.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-05",
      reason = "Half a script that ran is worse than none: a REPL (-Command -) does just that.")
  default void scriptThatDoesNotParseRunsNotAtAll() throws Exception {
    Result result = host().run("'first'\n)");
    assertEquals(1, result.exitCode(), "exit code");
    assertFalse(result.stdout().contains("first"), "a part of the script ran");
  }

  /**
   * A script that ends too early is refused with a reason.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-06",
      reason = "PowerShell itself exits with 1 and prints nothing: nobody finds the missing brace.")
  default void unfinishedScriptSaysWhatIsMissing() throws Exception {
    Result result = host().run("if ($true) { 'x'");
    assertEquals(1, result.exitCode(), "exit code");
    assertTrue(result.stderr().contains("}"), () -> "stderr: " + result.stderr());
  }

  /**
   * An error that does not end the script is reported and does not fail it.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-07",
      reason = "Stopping at any error text breaks scripts that go on; hiding it breaks diagnosis.")
  default void scriptGoesOnAfterNonTerminatingError() throws Exception {
    Result result = host().run("Write-Error 'only a scratch'\n'done'");
    assertEquals(0, result.exitCode(), "exit code");
    assertEquals("done", result.stdout().strip());
    assertTrue(result.stderr().contains("only a scratch"), () -> "stderr: " + result.stderr());
  }

  /**
   * {@code return} ends the script and is no failure.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-08",
      reason = "Launchers that append to the script run what stands after a return.")
  default void returnEndsTheScriptWithoutFailure() throws Exception {
    assertEquals("a", host().said("'a'\nreturn\n'b'"));
  }

  /**
   * A script finds nothing of the one before.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-09",
      reason = "Left-over variables, locations and modules make a result depend on who ran before.")
  default void everyScriptHasItsOwnProcess() throws Exception {
    String first = host().said("$global:left = 'over'; $PID");
    String second = host().said("\"$PID$global:left\"");
    assertNotEquals(first, second);
    assertFalse(second.contains("over"), "a variable of the script before was found");
  }

  /**
   * A failing script is not tried again.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-10",
      reason =
          "A silent retry ran things twice: pywinrm#175 (\"extremely dangerous\"), ansible#76472.")
  default void failingScriptRunsOnce() throws Exception {
    String file = host().join(host().existingFolder(), "runs");
    Result result =
        host()
            .run("[IO.File]::AppendAllText(%s, 'x'); exit 3".formatted(ContractHost.literal(file)));
    assertEquals(3, result.exitCode(), "exit code");
    assertEquals(
        "x", host().said("[IO.File]::ReadAllText(%s)".formatted(ContractHost.literal(file))));
  }

  /**
   * A failed script's output is there like any other's.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "RUN-11",
      reason = "What a script said before it failed is what one needs to know.")
  default void failedScriptKeepsItsOutput() throws Exception {
    Result result = host().run("'before'; [Console]::Error.Write('why'); exit 7");
    assertEquals(7, result.exitCode(), "exit code");
    assertEquals("before", result.stdout().strip());
    assertEquals("why", result.stderr());
  }
}
