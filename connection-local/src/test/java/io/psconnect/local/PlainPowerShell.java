package io.psconnect.local;

import io.psconnect.Carrier;
import io.psconnect.powershell.PowerShellLaunch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** PowerShell started by hand, where a test must send what no connection would send. */
final class PlainPowerShell {
  private PlainPowerShell() {}

  /** What PowerShell prints when its input ends after this many bytes of the frame. */
  static String stdoutOfCutFrame(String script, int bytes) throws Exception {
    PowerShellLaunch launch = PowerShellLaunch.of(script, Carrier.FRAMED, 100_000);
    List<String> command = new ArrayList<>(List.of("pwsh"));
    command.addAll(launch.arguments());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(launch.frame(), 0, bytes);
    } catch (IOException e) {
      // It may have gone already; its output tells.
    }
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    process.getInputStream().transferTo(stdout);
    process.waitFor();
    return stdout.toString();
  }

  static int frameLength(String script) {
    return PowerShellLaunch.of(script, Carrier.FRAMED, 100_000).frame().length;
  }
}
