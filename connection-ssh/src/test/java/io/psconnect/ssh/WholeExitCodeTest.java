package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows' sshd sends all 32 bits of an exit code; that of Linux only eight. */
class WholeExitCodeTest {

  /**
   * 0xC0000005 is an access violation, 0xFFFD0000 a command line that Windows PowerShell refuses.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 65_536, Integer.MAX_VALUE, -1, 0xC0000005, 0xFFFD0000})
  void everyBitOfAnExitCodeComesBack(int code) throws Exception {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell.whenScriptContains("exit").thenReturn(Result.of(code, "", ""));
    try (SshHost host =
            SshHost.builder()
                .user(SshUser.named("admin").withPassword("secret"))
                .powerShell(powerShell)
                .start();
        Connection connection = Connections.open(options(host))) {
      assertEquals(code, connection.runScript("exit").exitCode());
    }
  }

  private static SshOptions options(SshHost host) {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(host.port())
        .username("admin")
        .password("secret".toCharArray())
        .noAgent()
        .hostKeyFingerprint(host.fingerprint())
        .build();
  }
}
