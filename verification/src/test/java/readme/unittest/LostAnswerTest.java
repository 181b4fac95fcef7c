package readme.unittest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.winrm.WinRmFault;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.WinRmOptions;
import org.junit.jupiter.api.Test;
import readme.application.DiskCheck;

class LostAnswerTest {
  private final ScriptedPowerShell powerShell = new ScriptedPowerShell();

  @Test
  void anAnswerThatIsLostIsNoAnswer() throws Exception {
    powerShell.whenScriptContains("DriveInfo").thenReturn(Result.of(0, "4096\r\n", ""));
    try (WinRmHost host = host();
        Connection connection = Connections.open(options(host))) {
      DiskCheck check = new DiskCheck(connection);
      assertTrue(check.hasRoom("C:", 4096));

      host.inject(WinRmFault.noExitCode());
      SessionDroppedException lost =
          assertThrows(SessionDroppedException.class, () -> check.hasRoom("C:", 4096));
      assertEquals(ScriptState.MAY_HAVE_RUN, lost.scriptState());
    }
  }

  private WinRmHost host() {
    return WinRmHost.builder()
        .https()
        .ntlm()
        .user("admin", "correct horse")
        .powerShell(powerShell)
        .start();
  }

  private static WinRmOptions options(WinRmHost host) {
    return WinRmOptions.builder()
        .host(host.hostName())
        .port(host.port())
        .certificateFingerprint(host.fingerprint())
        .username("admin")
        .password("correct horse".toCharArray())
        .build();
  }
}
