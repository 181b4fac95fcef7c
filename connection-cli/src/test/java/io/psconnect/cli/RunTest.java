package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in this process, on a real PowerShell. */
@RequiresProgram("pwsh")
@Timeout(120)
class RunTest {
  @TempDir Path folder;

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("script.ps1"), text).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theScriptsExitCodeIsOurs() throws IOException {
    Outcome outcome = Outcome.of("run", script("exit 7"));
    assertEquals(7, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals("", outcome.err());
  }

  @Test
  void outputIsPassedOnByteForByte() throws IOException {
    Outcome outcome =
        Outcome.of(
            "run",
            script("$o = [Console]::OpenStandardOutput(); $o.Write([byte[]](0..255), 0, 256)"));
    byte[] all = new byte[256];
    IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
    assertArrayEquals(all, outcome.output());
  }

  @Test
  void errorTextGoesToStandardErrorWithoutClixml() throws IOException {
    Outcome outcome = Outcome.of("run", script("Write-Warning 'grüezi'; 'fine'; exit 3"));
    assertEquals(3, outcome.exitCode());
    assertEquals("fine", outcome.out().strip());
    assertTrue(outcome.err().contains("WARNING: grüezi"), outcome.err());
    assertFalse(outcome.err().contains("CLIXML"), outcome.err());
  }

  @Test
  void aScriptComesFromStandardInput() {
    Outcome outcome = Outcome.of(bytes("\uFEFF'typed'; exit 4"), "run", "-");
    assertEquals(4, outcome.exitCode());
    assertEquals("typed", outcome.out().strip());
  }

  @Test
  void withoutInputTheScriptFindsTheEnd() throws IOException {
    Outcome outcome =
        Outcome.of(bytes("not for the script"), "run", script("[Console]::In.ReadToEnd().Length"));
    assertEquals("0", outcome.out().strip());
  }

  @Test
  void ourInputIsTheScripts() throws IOException {
    Outcome outcome =
        Outcome.of(bytes("von hier: ä"), "run", "--input", "-", script("[Console]::In.ReadLine()"));
    assertEquals("von hier: ä", outcome.out().strip());
  }

  @Test
  void everyCarrierGivesTheSame() throws IOException {
    String script = script("'same'; exit 5");
    for (String carrier : new String[] {"automatic", "inline", "framed"}) {
      Outcome outcome = Outcome.of("run", "--carrier", carrier, script);
      assertEquals(5, outcome.exitCode(), outcome.err());
      assertEquals("same", outcome.out().strip());
    }
  }

  /**
   * The input ends only when the first line has come, so the line cannot have waited for the end.
   */
  @Test
  void outputComesWhileTheScriptRuns() throws IOException {
    CountDownLatch firstLine = new CountDownLatch(1);
    Outcome outcome =
        Outcome.of(
            endingAfter(firstLine),
            opening(firstLine),
            "run",
            "--input",
            "-",
            script("'first'; $null = [Console]::In.ReadToEnd(); 'last'"));
    assertEquals("first last", outcome.out().lines().collect(Collectors.joining(" ")));
  }

  private static InputStream endingAfter(CountDownLatch latch) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          latch.await();
          return -1;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static OutputStream opening(CountDownLatch latch) {
    return new ByteArrayOutputStream() {
      @Override
      public synchronized void write(byte[] buffer, int offset, int length) {
        super.write(buffer, offset, length);
        if (toString(StandardCharsets.UTF_8).contains("first")) {
          latch.countDown();
        }
      }
    };
  }

  @Test
  void aScriptThatTakesTooLongIsEnded() throws IOException {
    Outcome outcome = Outcome.of("run", "--timeout", "2s", script("[Threading.Thread]::Sleep(-1)"));
    String error = outcome.error(75);
    assertTrue(error.contains("did not end within 2 s"), error);
    assertTrue(error.endsWith("were ended"), error);
  }

  @Test
  void outputThatCannotBeWrittenEndsTheScript() throws IOException {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    Outcome outcome =
        Outcome.of(
            InputStream.nullInputStream(),
            full,
            "run",
            script("'x'; [Threading.Thread]::Sleep(-1)"));
    assertTrue(outcome.error(74).startsWith("standard output could not be written"));
  }

  @Test
  void aLargeScriptReadsALargeInput() throws IOException {
    String comment = ("# " + "x".repeat(97) + "\n").repeat(3_000);
    String script =
        script(
            comment
                + "$all = [Console]::In.ReadToEnd() | ConvertFrom-Json\n"
                + "\"$($all.Count) $($all[-1].name)\"; exit 9");
    String json =
        IntStream.range(0, 50_000)
            .mapToObj(
                i ->
                    "{\"id\": %d, \"name\": \"Rechner %d\", \"tags\": \"%s\"}"
                        .formatted(i, i, "ä".repeat(30)))
            .collect(Collectors.joining(",", "[", "]"));
    assertTrue(Files.size(Path.of(script)) > 300_000);
    assertTrue(bytes(json).length > 5_000_000);
    Path input = Files.writeString(folder.resolve("input.json"), json);
    Outcome outcome = Outcome.of("run", script, "--input", input.toString());
    assertEquals("50000 Rechner 49999", outcome.out().strip(), outcome.err());
    assertEquals(9, outcome.exitCode());
  }

  @Test
  void interruptionEndsTheScript() throws IOException {
    Thread caller = Thread.currentThread();
    OutputStream interrupting =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] buffer, int offset, int length) {
            caller.interrupt();
          }
        };
    Outcome outcome =
        Outcome.of(
            new ByteArrayInputStream(new byte[0]),
            interrupting,
            "run",
            script("'x'; [Threading.Thread]::Sleep(-1)"));
    assertEquals(130, outcome.exitCode());
    assertTrue(outcome.err().contains("interrupted; the PowerShell process"), outcome.err());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
  }

  @Test
  void aCheckTellsWhatAnswers() {
    Outcome outcome = Outcome.of("check");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .out()
            .matches(
                "(?s)backend +local\\RPowerShell +\\d+\\.\\S+ \\(\\w+\\)\\R"
                    + "system +\\S.*\\Ranswered +in \\d+ ms\\R"),
        outcome.out());
  }

  @Test
  void theDemoShowsEveryBackendInATable() {
    Outcome outcome = Outcome.of("demo");
    assertEquals(0, outcome.exitCode(), outcome.err());
    for (String backend : List.of("local", "ssh", "winrm")) {
      String row = backend + " +\\d+\\.\\S+ +hello from stdin +7 +\\d+ +100000 bytes";
      assertTrue(outcome.out().lines().anyMatch(line -> line.matches(row)), outcome.out());
    }
    assertFalse(outcome.out().contains("stand-in"), outcome.out());
  }
}
