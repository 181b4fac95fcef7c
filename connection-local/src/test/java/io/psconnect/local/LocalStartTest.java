package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.Phase;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PowerShells that are not there, are none, or may not run scripts: each is told apart. */
class LocalStartTest {
  @TempDir Path folder;

  @Test
  void missingPowerShellSaysWhatWasTriedAndWhatToDo() {
    ConnectionException e =
        assertThrows(UnsupportedBackendException.class, () -> open("/nope/pwsh").close());
    assertEquals(
        "local, starting PowerShell: no PowerShell found. Tried: /nope/pwsh (does not exist)."
            + " Install PowerShell (https://aka.ms/powershell), or name its path in"
            + " LocalOptions.powerShell, or in the URI as local:?powershell=PATH",
        e.getMessage());
    assertEquals(Phase.START, e.phase());
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
  }

  @Test
  void programThatCannotBeStartedSaysWhy() throws Exception {
    Path garbage = script("#!/nope/interpreter\n");
    try (Connection connection = open(garbage.toString())) {
      ConnectionException e =
          assertThrows(UnsupportedBackendException.class, () -> connection.runScript("1"));
      assertTrue(e.getMessage().contains(garbage + " could not be started: "), e.getMessage());
    }
  }

  @Test
  void programThatEndsBeforeItTookTheScriptIsADroppedSessionThatDidNotStart() throws Exception {
    Path program = script("#!/bin/sh\nexec <&-\necho 'cannot load hostfxr' >&2\nexit 131\n");
    try (Connection connection = open(program.toString())) {
      Script large = Script.of("#" + "x".repeat(1_000_000)).withCarrier(Carrier.FRAMED);
      ConnectionException e =
          assertThrows(SessionDroppedException.class, () -> connection.runScript(large));
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      assertEquals(
          "local, running the script: PowerShell ended with exit code 131 before it had taken the"
              + " script; it said: cannot load hostfxr",
          e.getMessage());
    }
  }

  @Test
  void healthcheckOfSomethingElseThanPowerShellSaysSo() throws Exception {
    Path program = script("#!/bin/sh\necho hello\n");
    try (Connection connection = open(program.toString())) {
      ConnectionException e =
          assertThrows(UnsupportedBackendException.class, connection::healthcheck);
      assertTrue(e.getMessage().contains("Is it PowerShell that answers?"), e.getMessage());
    }
  }

  /** A real PowerShell that was put into Constrained Language Mode before it reads our command. */
  @Test
  @RequiresProgram("pwsh")
  void constrainedLanguageModeIsToldAndTheScriptDoesNotRun() throws Exception {
    Path trace = folder.resolve("trace");
    Path constrained =
        script(
            """
            #!/bin/sh
            for last; do :; done
            prefix='$ExecutionContext.SessionState.LanguageMode="ConstrainedLanguage";'
            command=$( (printf '%s' "$prefix" | iconv -t UTF-16LE; printf '%s' "$last" | base64 -d) \
            | base64 -w0)
            exec pwsh -NoLogo -NoProfile -NonInteractive -EncodedCommand "$command"
            """);
    try (Connection connection = open(constrained.toString())) {
      for (Carrier carrier : new Carrier[] {Carrier.INLINE, Carrier.FRAMED}) {
        Script script =
            Script.of("Set-Content -LiteralPath '%s' ran; 'out'".formatted(trace))
                .withCarrier(carrier);
        ConnectionException e =
            assertThrows(UnsupportedBackendException.class, () -> connection.runScript(script));
        assertTrue(e.getMessage().contains("Constrained Language Mode"), e.getMessage());
        assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      }
    }
    assertTrue(Files.notExists(trace));
  }

  private Connection open(String powerShell) throws Exception {
    return Connections.open(LocalOptions.builder().powerShell(powerShell).build());
  }

  private Path script(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("pwsh"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }
}
