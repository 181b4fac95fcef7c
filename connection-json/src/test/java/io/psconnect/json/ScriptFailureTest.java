package io.psconnect.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a script's failure arrives from a real PowerShell. */
@RequiresProgram("pwsh")
class ScriptFailureTest {
  @RegisterExtension static final PwshJson PWSH = new PwshJson("pwsh");

  private static ScriptFailedException failureOf(String script) {
    return assertThrows(
        ScriptFailedException.class, () -> PWSH.runner().call(script, null, String.class));
  }

  private static ScriptError errorOf(String script) {
    return failureOf(script).error().orElseThrow();
  }

  @Test
  void aCmdletsErrorHasCategoryIdTargetAndPosition() {
    ScriptFailedException failure =
        failureOf("# nothing\n$a = 1\n  Get-Item -LiteralPath '/no/such'; 2");
    ScriptError error = failure.error().orElseThrow();
    assertEquals("ObjectNotFound", error.category());
    assertEquals("PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand", error.errorId());
    assertEquals("System.Management.Automation.ItemNotFoundException", error.exceptionType());
    assertEquals(Optional.of("/no/such"), error.target());
    assertTrue(error.message().contains("/no/such"));
    assertEquals(
        new ScriptPosition(3, 3, "  Get-Item -LiteralPath '/no/such'; 2"),
        error.position().orElseThrow());
    assertEquals(1, failure.exitCode());
    assertTrue(
        failure.getMessage().startsWith("ObjectNotFound: ")
            && failure.getMessage().contains("line 3, column 3: Get-Item"),
        failure.getMessage());
  }

  @Test
  void whatIsThrownIsTheMessage() {
    ScriptError error = errorOf("throw \"wörld \u2018x\u2019\nsecond line\"");
    assertEquals("wörld \u2018x\u2019\nsecond line", error.message());
    assertEquals("OperationStopped", error.category());
    assertEquals(1, error.position().orElseThrow().line());
  }

  @Test
  void anExceptionOfDotNetKeepsItsType() {
    ScriptError error = errorOf("\n[int]::Parse('x')");
    assertEquals("FormatException", error.errorId());
    assertEquals(2, error.position().orElseThrow().line());
    assertEquals(
        "System.Management.Automation.RuntimeException", errorOf("$z=0;1/$z").exceptionType());
  }

  @Test
  void anErrorThatPowerShellWouldPassOverEndsTheCall() {
    ScriptError error = errorOf("Write-Error -Message m -Category LimitsExceeded -ErrorId i; 1");
    assertEquals("LimitsExceeded", error.category());
    assertTrue(error.errorId().startsWith("i"), error.errorId());
  }

  @Test
  void aScriptThatWantsToGoOnAfterErrorsDoes() throws Exception {
    String script = "$ErrorActionPreference='Continue'; Write-Error 'm'; 'went on'";
    assertEquals("went on", PWSH.runner().call(script, null, String.class));
  }

  @Test
  void aScriptThatDoesNotParseSaysWhere() {
    ScriptError error = errorOf("1\n  if (");
    assertEquals("ParserError", error.category());
    assertEquals(2, error.position().orElseThrow().line());
    assertEquals("  if (", error.position().orElseThrow().text());
    assertEquals("ParserError", errorOf("1 |").category());
  }

  @Test
  void theScriptsExitCodeIsTheFailures() {
    ScriptFailedException failure = failureOf("'out'; exit 7");
    assertEquals(7, failure.exitCode());
    assertEquals(Optional.empty(), failure.error());
    assertTrue(failure.getMessage().contains("exit code 7"));
  }

  @Test
  void leavingWithoutAnAnswerIsUnreadable() {
    ScriptFailedException failure = failureOf("'out'; exit 0");
    assertEquals(UnreadableOutputException.class, failure.getClass());
    assertTrue(failure.getMessage().contains("is empty"), failure.getMessage());
  }

  @Test
  void whatElseStoodOnStandardErrorIsKeptApart() {
    ScriptFailedException failure =
        failureOf("Write-Host shown; [Console]::Error.Write('raw'); throw 'x'");
    assertTrue(failure.stderr().contains("shown"), failure.stderr());
    assertTrue(failure.stderr().contains("raw"), failure.stderr());
    assertTrue(!failure.stderr().contains(ErrorEnvelope.MARK), failure.stderr());
  }

  @Test
  void textBesideTheDocumentIsFoundWhereItStands() {
    UnreadableOutputException failure =
        assertThrows(
            UnreadableOutputException.class,
            () ->
                PWSH.runner()
                    .call("[Console]::Out.Write(\"[1]\nnoise\"); 1", null, String[].class));
    assertEquals(2, failure.line().orElseThrow());
    assertTrue(failure.offset().orElseThrow() >= 3, failure.getMessage());
    assertEquals("[1]\nnoise[1]", failure.stdout());
    assertTrue(failure.getMessage().contains("noise"), failure.getMessage());
  }

  @Test
  void outputOverTheLimitIsSaidToBeCut() {
    Script script = Script.of("'x'*100").withOutputLimit(10);
    ScriptFailedException failure =
        assertThrows(
            ScriptFailedException.class, () -> PWSH.runner().call(script, null, String.class));
    assertEquals(
        "the script's answer may be incomplete: standard output was cut at the output limit;"
            + " allow more by withOutputLimit",
        failure.getMessage());
  }

  @Test
  void anAnswerIsWholeThoughStandardErrorWasCut() throws Exception {
    Script script = Script.of("[Console]::Error.Write('e'*500); 1").withOutputLimit(100);
    assertEquals(1, PWSH.runner().call(script, null, Integer.class));
  }

  @Test
  void anErrorThatTheLimitCutAwayIsSaidToBe() {
    Script script = Script.of("[Console]::Error.Write('e'*500); throw 'x'").withOutputLimit(100);
    ScriptFailedException failure =
        assertThrows(
            ScriptFailedException.class, () -> PWSH.runner().call(script, null, Integer.class));
    assertEquals(
        "the script ended with exit code 1, and its error may be lost: standard error was cut at"
            + " the output limit; allow more by withOutputLimit: "
            + "e".repeat(100),
        failure.getMessage());
  }

  @Test
  @RequiresProgram("sh")
  void aNativeProgramThatFailsAtTheEndFailsTheCall() {
    ScriptFailedException failure = failureOf("sh -c 'echo out; echo err >&2; exit 3'");
    assertEquals(3, failure.exitCode());
    assertEquals(Optional.empty(), failure.error());
    assertEquals("the script ended with exit code 3: err", failure.getMessage());
    assertEquals("[\"out\"]", failure.stdout());
    assertEquals(4, failureOf("sh -c 'exit 4' | ForEach-Object {$_} # end").exitCode());
    assertEquals(5, failureOf("$program='sh'; & $program -c 'exit 5'").exitCode());
  }

  @Test
  @RequiresProgram("sh")
  void aScriptGoesOnAfterANativeProgramThatFailed() throws Exception {
    assertEquals("went on", PWSH.runner().call("sh -c 'exit 3'; 'went on'", null, String.class));
    String silent = "sh -c 'exit 3'; Get-Item -LiteralPath '/no/such' -ErrorAction Ignore";
    assertNull(PWSH.runner().call(silent, null, String.class));
    ScriptError error = errorOf("sh -c 'exit 3'; if($LASTEXITCODE){throw 'no luck'}; 1");
    assertEquals("no luck", error.message());
  }

  @Test
  void aScriptOfNamedBlocksRuns() throws Exception {
    assertEquals(List.of(1, 2), PWSH.runner().list("begin { 1 } end { 2 }", null, Integer.class));
  }
}
