package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.FakeConnection;
import io.psconnect.testkit.FakeRunner;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error is one line that says what to do next, and nothing is started. */
class ErrorLineTest {
  @TempDir Path folder;

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("script.ps1"), text).toString();
  }

  @Test
  void anOptionThatIsMisspeltIsNamedWithTheOneThatIsMeant() {
    assertEquals(
        "unknown option '--tiemout'; did you mean --timeout?" + " See 'connection run --help'",
        Outcome.of("run", "x.ps1", "--tiemout", "30s").error(64));
  }

  @Test
  void aCommandThatDoesNotExistIsNamed() {
    String error = Outcome.of("rnu").error(64);
    assertTrue(error.contains("'rnu'"), error);
    assertTrue(error.endsWith("see 'connection --help'"), error);
  }

  @Test
  void aCommandIsNeeded() {
    assertEquals("Missing required subcommand; see 'connection --help'", Outcome.of().error(64));
  }

  @Test
  void aScriptIsNeeded() {
    assertEquals(
        "Missing required parameter: 'SCRIPT'; see 'connection run --help'",
        Outcome.of("run").error(64));
  }

  @Test
  void aBackendThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    String error = Outcome.of("run", "--url", "locl:", script("exit 0")).error(69);
    assertTrue(
        error.contains("no backend 'locl'. Found: local, ssh, winrm. Check the spelling"), error);
  }

  @Test
  void aBackendOfOursThatIsNotThereIsNamedWithItsArtifact() throws IOException {
    String error =
        PretendBackend.with(
                new FakeConnection("pretend", new FakeRunner()),
                folder,
                () -> Outcome.of("check", "--url", "winrm://build01"))
            .error(69);
    assertTrue(error.contains("Add io.psconnect:connection-winrm to the path."), error);
  }

  @Test
  void aUriOptionThatIsMisspeltIsNamedWithThoseThatExist() {
    assertEquals(
        "backend 'local' has no option 'powershel'; it has: powershell, standby, timeout;"
            + " see 'connection check --help'",
        Outcome.of("check", "--url", "local:?powershel=pwsh").error(64));
  }

  @Test
  void aPasswordInTheUriIsRefusedAndNotRepeated() {
    String error = Outcome.of("check", "--url", "ssh://admin:s3cret@build01").error(64);
    assertTrue(error.contains("must not hold a password"), error);
    assertFalse(error.contains("s3cret"), error);
  }

  @Test
  void aPowerShellThatIsNotThereIsNamedWithWhereToGetIt() throws IOException {
    String error =
        Outcome.of("run", "--url", "local:?powershell=/nope", script("exit 0")).error(69);
    assertTrue(error.contains("Tried: /nope (does not exist)"), error);
    assertTrue(error.contains("https://aka.ms/powershell"), error);
  }

  @Test
  void aScriptFileThatIsNotThereIsNamedWithWhereItWasLookedFor() {
    String error = Outcome.of("run", "nope.ps1").error(66);
    assertEquals(
        "script file 'nope.ps1' does not exist; looked for " + Path.of("nope.ps1").toAbsolutePath(),
        error);
  }

  @Test
  void aFolderIsNoScript() {
    assertEquals(
        "script file '%s' is a directory; name a file in it".formatted(folder),
        Outcome.of("run", folder.toString()).error(66));
  }

  @Test
  void anInputFileThatIsNotThereIsNamed() throws IOException {
    String error = Outcome.of("run", script("exit 0"), "--input", "nope.json").error(66);
    assertTrue(error.startsWith("input file 'nope.json' does not exist"), error);
  }

  @Test
  void anEmptyScriptFileIsNamed() throws IOException {
    String empty = script("");
    String error = Outcome.of("run", empty).error(64);
    assertTrue(error.contains(empty), error);
    assertTrue(error.contains("empty"), error);
  }

  @Test
  void anEmptyScriptOnStandardInputIsRefused() {
    String error = Outcome.of("run", "-").error(64);
    assertTrue(error.startsWith("script is empty"), error);
  }

  @Test
  void aScriptThatIsNotTextIsRefused() {
    String error = Outcome.of(new byte[] {'a', (byte) 0xFF}, "run", "-").error(64);
    assertTrue(error.contains("UTF-8"), error);
  }

  @Test
  void standardInputCannotBeBothScriptAndInput() {
    String error = Outcome.of("run", "-", "--input", "-").error(64);
    assertTrue(error.startsWith("standard input is either the script or the script's"), error);
  }

  @Test
  void aTimeoutOfZeroIsRefused() throws IOException {
    String error = Outcome.of("run", "--timeout", "0s", script("exit 0")).error(64);
    assertTrue(error.contains("it must be more than zero"), error);
  }

  @Test
  void aTimeoutWithoutAUnitIsRefused() throws IOException {
    String error = Outcome.of("run", "--timeout", "30", script("exit 0")).error(64);
    assertTrue(error.startsWith("--timeout is '30'; it must be a number and a unit"), error);
  }

  @Test
  void aCarrierThatDoesNotExistIsNamedWithThoseThatDo() throws IOException {
    String error = Outcome.of("run", "--carrier", "pigeon", script("exit 0")).error(64);
    assertTrue(error.contains("[AUTOMATIC, INLINE, FRAMED]"), error);
    assertTrue(error.contains("'pigeon'"), error);
  }

  @Test
  void anAtSignIsPartOfAFilesName() {
    String error = Outcome.of("run", "@arguments").error(66);
    assertTrue(error.startsWith("script file '@arguments' does not exist"), error);
  }

  private static InputStream failing(Supplier<Exception> failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        Exception thrown = failure.get();
        if (thrown instanceof RuntimeException unchecked) {
          throw unchecked;
        }
        throw (IOException) thrown;
      }
    };
  }

  private static String errorOfInput(Supplier<Exception> failure, int exitCode) {
    return Outcome.of(failing(failure), OutputStream.nullOutputStream(), "run", "-")
        .error(exitCode);
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() {
    assertEquals(
        "EOFException without a reason; run again with --verbose to see where",
        errorOfInput(EOFException::new, 74));
    assertEquals(
        "IllegalArgumentException without a reason; run again with --verbose to see where; see"
            + " 'connection run --help'",
        errorOfInput(IllegalArgumentException::new, 64));
  }

  @Test
  void verboseAddsTheStackTrace() {
    Outcome outcome = Outcome.of("check", "--verbose", "--url", "local:?powershell=/nope");
    assertEquals(69, outcome.exitCode());
    assertTrue(outcome.err().contains("\tat io.psconnect"), outcome.err());
  }
}
