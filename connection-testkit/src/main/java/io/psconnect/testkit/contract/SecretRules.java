package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Result;
import io.psconnect.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;

/** What goes through standard input is seen by the script alone. */
public interface SecretRules extends ContractRules {

  /**
   * Input stands on no command line of the host.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "SECRET-01",
      reason = "Command lines are read by every user and kept by audit logs: CVE-2018-16859.")
  default void inputStandsOnNoCommandLineOfTheHost() throws Exception {
    Sentinel sentinel = new Sentinel();
    Script script =
        Script.of(
            """
            $length = [Console]::In.ReadToEnd().Length
            [Environment]::CommandLine
            if ([IO.Directory]::Exists('/proc')) {
              foreach ($folder in [IO.Directory]::GetDirectories('/proc')) {
                try { [IO.File]::ReadAllText("$folder/cmdline") } catch {}
              }
            } elseif (Get-Command Get-CimInstance -ErrorAction SilentlyContinue) {
              (Get-CimInstance Win32_Process).CommandLine
            }
            "read $length"
            exit 0
            """);
    Result result = host().run(script.withInput(sentinel.text()));
    assertTrue(result.stdout().contains("read " + sentinel.text().length()), "input was not read");
    assertFalse(
        sentinel.showsIn(result.stdout()), "the input stands on a command line of the host");
  }

  /**
   * Input stands on no command line of this machine.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "SECRET-02",
      reason = "A backend that starts a program of its own must not pass it the data that way.")
  default void inputStandsOnNoCommandLineOfThisMachine() throws Exception {
    Sentinel sentinel = new Sentinel();
    StringBuilder commandLines = new StringBuilder();
    Script script = Script.of("[Console]::In.ReadToEnd().Length");
    String length =
        String.join(
            "",
            host().lines(script.withInput(() -> sentinel.thenAtItsEnd(() -> look(commandLines)))));
    assertEquals("" + sentinel.text().length(), length);
    assertFalse(commandLines.isEmpty(), "no command line could be read");
    assertFalse(
        sentinel.showsIn(commandLines.toString()), "the input stands on a command line here");
  }

  private static void look(StringBuilder commandLines) {
    ProcessHandle.allProcesses()
        .forEach(process -> process.info().commandLine().ifPresent(commandLines::append));
  }

  /**
   * No message repeats script or input.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "SECRET-03",
      reason = "Exceptions end in logs and tickets: rundeck py-winrm#47.")
  default void messagesRepeatNeitherScriptNorInput() throws Exception {
    Sentinel inText = new Sentinel();
    Sentinel inInput = new Sentinel();
    Script script =
        Script.of("Start-Sleep 600 # " + inText.text())
            .withInput(inInput.text())
            .withTimeout(Duration.ofMillis(500));
    ConnectionException failure =
        assertThrows(ConnectionTimeoutException.class, () -> host().run(script));
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all, true));
    assertFalse(inText.showsIn(all.toString()), "the script's text is in the exception");
    assertFalse(inInput.showsIn(all.toString()), "the script's input is in the exception");
  }

  /**
   * No {@code toString()} repeats script, input or output.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "SECRET-04",
      reason = "One peer logs scripts at INFO, another signing keys at TRACE: by their toString().")
  default void descriptionsRepeatNeitherScriptNorOutput() throws Exception {
    Sentinel sentinel = new Sentinel();
    Script script = Script.of("'%s' + [Console]::In.ReadToEnd()".formatted(sentinel.text()));
    Result result = host().run(script.withInput(sentinel.text()));
    assertTrue(sentinel.showsIn(result.stdout()), "the output should hold it");
    String descriptions = host().connection() + " " + result + " " + script;
    assertFalse(sentinel.showsIn(descriptions), "a description repeats what should not be logged");
  }
}
