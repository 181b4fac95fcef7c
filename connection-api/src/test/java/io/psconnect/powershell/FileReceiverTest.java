package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import org.junit.jupiter.api.Test;

/** What the script does is shown by the tests of the backends. */
class FileReceiverTest {

  @Test
  void targetStandsInTheScriptAsALiteral() {
    assertTrue(
        FileReceiver.script("C:\\it's \u201A[x] $home")
            .contains("$target='C:\\it''s \u201A\u201A[x] $home'\n"));
  }

  @Test
  void scriptFitsTheCommandLineOfCmdExe() {
    String script = FileReceiver.script("C:\\" + "x".repeat(257));
    assertFalse(script.contains("#"), script);
    PowerShellLaunch launch = PowerShellLaunch.of(script, Carrier.AUTOMATIC, 8191);
    assertEquals(Carrier.INLINE, launch.carrier());
  }

  @Test
  void blankTargetIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> FileReceiver.script(" "));
    assertEquals("targetPath is blank; name a file on the host", e.getMessage());
  }

  @Test
  void nullIsNamed() {
    assertEquals(
        "targetPath",
        assertThrows(NullPointerException.class, () -> FileReceiver.script(null)).getMessage());
  }
}
