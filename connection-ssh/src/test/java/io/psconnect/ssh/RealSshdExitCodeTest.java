package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Result;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit code is the script's under every login shell. Linux keeps eight bits of it. */
@OnRealSshd
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealSshdExitCodeTest {
  /**
   * Wine's cmd with PowerShell as powershell.exe installs it. Wine's cmd takes a line feed for a
   * blank, where that of Windows is reported to stop; so it is given the first line alone, and what
   * Windows makes of the second is not tested here.
   */
  private static final String CMD =
      """
      #!/bin/sh
      export WINEPREFIX="${PSCONNECT_WINEPREFIX:-${TMPDIR:-/tmp}/psconnect-wine-$(id -u)}"
      export WINEARCH=win64 WINEDEBUG=-all DOTNET_EnableWriteXorExecute=0
      export WINEPATH='C:\\Program Files\\PowerShell\\7'
      cd "$WINEPREFIX/drive_c/windows/system32" || exit 127
      exec wine cmd /c "$(printf %s "$2" | head -n 1)"
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash", "pwsh"})
  void exitCodeIsTheScriptsUnder(String loginShell) throws Exception {
    try (RealSshd sshd = RealSshd.builder().loginShell(loginShell).start()) {
      assertExitCodes(sshd.options(), 0, 1, 7, 255, 256, -1);
    }
  }

  @Test
  @RequiresProgram({"wine", "powershell.exe"})
  void exitCodeIsTheScriptsUnderCmdThatGetsTheFirstLineAlone() throws Exception {
    assertEquals(0, new ProcessBuilder("powershell.exe", "-Command", "exit 0").start().waitFor());
    Path cmd = Files.writeString(folder.resolve("cmd"), CMD);
    Files.setPosixFilePermissions(cmd, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (RealSshd sshd = RealSshd.builder().loginShell(cmd.toString()).start()) {
      // Wine itself, without SSH and cmd, makes a 1 of 256.
      assertExitCodes(sshd.options().powerShell("pwsh.exe"), 0, 1, 7, 255, -1);
    }
  }

  private static void assertExitCodes(SshOptions.Builder options, int... codes) throws Exception {
    try (Connection connection = SshConnections.to(options)) {
      connection.open();
      for (int code : codes) {
        Result result = connection.runScript("'out'; [Console]::Error.Write('err'); exit " + code);
        assertEquals(code & 0xFF, result.exitCode(), () -> "exit " + code + ": " + result.stderr());
        assertEquals("out", result.stdout().strip());
        assertEquals("err", result.stderr().strip());
      }
    }
  }
}
