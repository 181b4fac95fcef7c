package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.OutputListener;
import io.psconnect.Result;
import io.psconnect.Script;
import java.nio.ByteBuffer;

/** Output is bounded, can be followed as it comes, and holds nobody up. */
public interface OutputRules extends ContractRules {

  /**
   * Ten megabytes on each stream come through.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "OUTPUT-01",
      reason = "Whoever reads one stream to its end before the other deadlocks on a full pipe.")
  default void tenMegabytesOnBothStreamsComeThrough() throws Exception {
    Script script =
        Script.of(
            "$chunk = New-Object byte[] 1048576\n"
                + "$out = [Console]::OpenStandardOutput(); $err = [Console]::OpenStandardError()\n"
                + "foreach ($i in 1..10) {"
                + " $err.Write($chunk, 0, 1048576); $out.Write($chunk, 0, 1048576) }\n"
                + "$err.Flush(); $out.Flush()");
    Result result = BackgroundCall.start(() -> host().run(script)).answer(host().patience());
    assertEquals(10 << 20, result.stdoutBytes().length, "bytes on stdout");
    assertEquals(10 << 20, result.stderrBytes().length, "bytes on stderr");
    assertFalse(result.truncated(), "truncated");
  }

  /**
   * What goes over the limit is let go, and the result says so.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "OUTPUT-02",
      reason = "A script that never stops talking must not fill the caller's memory.")
  default void outputOverTheLimitIsLetGoAndSaid() throws Exception {
    Script script = Script.of("[Console]::Write('x' * 300000); exit 3").withOutputLimit(1000);
    Result result = host().run(script);
    assertEquals(1000, result.stdoutBytes().length, "bytes on stdout");
    assertTrue(result.truncated(), "truncated");
    assertEquals(3, result.exitCode(), "exit code");
  }

  /**
   * The listener hears what the result holds.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "OUTPUT-03",
      reason = "A log that follows the script must not differ from the result.")
  default void listenerHearsWhatTheResultHolds() throws Exception {
    Overheard overheard = new Overheard();
    Script script = Script.of("'out'; [Console]::Error.Write('raw'); Write-Error 'record'");
    Result result = host().run(script.withListener(overheard));
    assertTrue(result.stderr().contains("record"), () -> "stderr: " + result.stderr());
    assertArrayEquals(result.stdoutBytes(), overheard.stdout(), "stdout");
    assertArrayEquals(result.stderrBytes(), overheard.stderr(), "stderr");
  }

  /**
   * The listener hears of output while the script goes on.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "OUTPUT-04",
      reason = "Progress that shows only when all is over is no progress.")
  default void listenerHearsWhileTheScriptGoesOn() throws Exception {
    Overheard overheard = new Overheard();
    DialogueInput input = new DialogueInput("");
    Script script =
        Script.of("'begun'; $null = [Console]::In.ReadToEnd()")
            .withInput(input)
            .withListener(overheard);
    BackgroundCall<Integer> call = BackgroundCall.start(() -> host().run(script).exitCode());
    try {
      assertEquals("begun", overheard.firstLine(host().patience()));
    } finally {
      input.end();
    }
    assertEquals(0, call.answer(host().patience()));
  }

  /**
   * A listener that throws ends the call.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "OUTPUT-05",
      reason = "A listener is the only one who can stop a script for what it says.")
  default void listenerThatThrowsEndsTheCall() throws Exception {
    OutputListener listener =
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            throw new UnsupportedOperationException("heard enough");
          }
        };
    Script script = Script.of("'x'; Start-Sleep 600").withListener(listener);
    BackgroundCall<Result> call = BackgroundCall.start(() -> host().run(script));
    RuntimeException failure =
        assertThrows(UnsupportedOperationException.class, () -> call.answer(host().patience()));
    assertEquals("heard enough", failure.getMessage());
  }
}
