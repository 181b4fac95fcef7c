package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.testkit.contract.RequiresProgram;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Windows program has started is no descendant of it on the Unix side of Wine. */
@RequiresProgram({"wine", "powershell.exe"})
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WineTimeoutTest {

  @Test
  void endThatCannotBeSeenIsNotClaimed() throws Exception {
    try (Connection connection = Connections.open("local:?powershell=powershell.exe")) {
      Script script = Script.of("while ($true) {}").withTimeout(Duration.ofSeconds(3));
      ConnectionTimeoutException e =
          assertThrows(ConnectionTimeoutException.class, () -> connection.runScript(script));
      assertEquals(Termination.UNCONFIRMED, e.termination());
      assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
      assertTrue(e.getMessage().endsWith("may still be running"), e.getMessage());
    }
  }
}
