package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.psconnect.Carrier;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the script does is shown by the tests of the backends. */
class ProcessTreeEndTest {
  private static final String SCRIPT = ProcessTreeEnd.script(4711, Duration.ofSeconds(9));

  @Test
  void processIsFoundInTheScript() {
    assertEquals(OptionalLong.of(4711), ProcessTreeEnd.processId(SCRIPT));
  }

  @Test
  void otherScriptsAreNone() {
    assertEquals(OptionalLong.empty(), ProcessTreeEnd.processId(""));
    assertEquals(OptionalLong.empty(), ProcessTreeEnd.processId(SCRIPT + "x"));
    assertEquals(OptionalLong.empty(), ProcessTreeEnd.processId("$id=4711\n$patience=9000\n"));
  }

  @Test
  void scriptFitsTheCommandLineOfCmdExe() {
    String longest = ProcessTreeEnd.script(Long.MAX_VALUE, Duration.ofHours(1));
    assertFalse(longest.contains("#"), longest);
    PowerShellLaunch launch = PowerShellLaunch.of(longest, Carrier.AUTOMATIC, 8100);
    assertEquals(Carrier.INLINE, launch.carrier());
  }
}
