package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import java.util.List;
import java.util.stream.IntStream;

/** Error text is text: nothing of PowerShell's wire format in it, and nothing lost. */
public interface ErrorTextRules extends ContractRules {

  /**
   * An error record arrives as text.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-01",
      reason = "CLIXML in error text: ansible#67964, pywinrm#166 #169, PowerShell#5912.")
  default void errorRecordArrivesAsText() throws Exception {
    String stderr = host().run("Write-Error \"b\u00f6se <&> _x0041_\ud83d\ude80\"").stderr();
    assertTrue(stderr.contains("b\u00f6se <&> _x0041_\ud83d\ude80"), () -> "stderr: " + stderr);
    for (String trace : List.of("#< CLIXML", "<Objs", "<S S=", "_x000A_", "_x000D_")) {
      assertFalse(stderr.contains(trace), () -> "wire format in stderr: " + stderr);
    }
  }

  /**
   * Warnings, verbose and debug messages are kept in their order.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-02",
      reason = "Decoders that look for errors alone drop the warning that explains them.")
  default void warningsAndTheirLikeAreKeptInOrder() throws Exception {
    String stderr =
        host()
            .run(
                "$VerbosePreference = $DebugPreference = 'Continue'\n"
                    + "Write-Warning 'w-1'; Write-Verbose 'v-2'; Write-Debug 'd-3'; Write-Warning"
                    + " 'w-4'")
            .stderr();
    int position = -1;
    for (String message : List.of("w-1", "v-2", "d-3", "w-4")) {
      int next = stderr.indexOf(message);
      assertTrue(next > position, () -> message + " is not in its place in stderr: " + stderr);
      position = next;
    }
  }

  /**
   * Progress is shown to nobody.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-03",
      reason = "\"Preparing modules for first use.\" is no error: pywinrm#245, pywinrm#333.")
  default void progressIsAbsent() throws Exception {
    Result result =
        host().run("Write-Progress -Activity 'crawling' -Status 'slowly' -PercentComplete 1; 'x'");
    assertEquals("x", result.stdout().strip());
    assertEquals("", result.stderr());
  }

  /**
   * No colour codes.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-04",
      reason = "PowerShell 7 colours errors and tables even where nobody looks: PowerShell#16678.")
  default void escapeSequencesAreAbsent() throws Exception {
    Result result =
        host()
            .run(
                "New-Object psobject -Property @{ Name = 'n' } | Format-Table; Write-Warning 'w';"
                    + " Write-Error 'e'");
    assertTrue(result.stdout().contains("Name"), () -> "stdout: " + result.stdout());
    assertFalse(result.stdout().contains("\u001b"), () -> "stdout: " + result.stdout());
    assertTrue(result.stderr().contains("e"), () -> "stderr: " + result.stderr());
    assertFalse(result.stderr().contains("\u001b"), () -> "stderr: " + result.stderr());
  }

  /**
   * {@code Write-Host} shows once.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-05",
      reason = "PowerShell writes it to stdout and as a record to stderr; showing both doubles it.")
  default void writeHostShowsOnceOnStandardOutput() throws Exception {
    Result result = host().run("Write-Host 'hello'");
    assertEquals("hello", result.stdout().strip());
    assertEquals("", result.stderr());
  }

  /**
   * What is written to stderr as bytes arrives as these bytes.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-06",
      reason = "Native programs write what they want; a decoder must not touch what is no CLIXML.")
  default void rawBytesOnStandardErrorArriveAsTheyAre() throws Exception {
    byte[] expected = new byte[256];
    IntStream.range(0, 256).forEach(i -> expected[i] = (byte) i);
    Result result =
        host()
            .run(
                "$err = [Console]::OpenStandardError(); [byte[]]$all = 0..255;"
                    + " $err.Write($all, 0, 256); $err.Flush()");
    assertArrayEquals(expected, result.stderrBytes());
  }

  /**
   * Text on standard output that looks like CLIXML is left alone.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-07",
      reason = "A script may print a document of that kind: it is output, and stays so.")
  default void standardOutputThatLooksLikeTheWireFormatIsLeftAlone() throws Exception {
    List<String> lines = List.of("#< CLIXML", "<Objs><S S=\"Error\">x_x000A_</S></Objs>");
    assertEquals(lines, host().lines("'" + String.join("'; '", lines) + "'"));
  }

  /**
   * Raw text beside records loses neither.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-08",
      reason = "Native stderr lands inside the document: PowerShell#18600; the reference drops it.")
  default void recordsAndRawTextDoNotSwallowEachOther() throws Exception {
    String stderr =
        host()
            .run("Write-Error 'record-1'; [Console]::Error.WriteLine('raw-2'); Write-Warning 'w-3'")
            .stderr();
    for (String message : List.of("record-1", "raw-2", "w-3")) {
      assertTrue(stderr.contains(message), () -> message + " is not in stderr: " + stderr);
    }
  }

  /**
   * Of many records none is lost.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "ERROR-09",
      reason = "PowerShell writes CLIXML in pieces of 6 KB; a decoder per piece loses the cuts.")
  default void noneOfManyRecordsIsLost() throws Exception {
    String stderr =
        host().run("1..300 | ForEach-Object { Write-Warning \"(record-$_)\" }").stderr();
    IntStream.rangeClosed(1, 300)
        .forEach(i -> assertTrue(stderr.contains("(record-" + i + ")"), () -> "lost: record " + i));
  }
}
