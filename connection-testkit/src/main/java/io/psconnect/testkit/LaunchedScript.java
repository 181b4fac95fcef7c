package io.psconnect.testkit;

import io.psconnect.powershell.PowerShellLaunch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Finds the script in what a PowerShell process is started with. */
final class LaunchedScript {
  /** As pwsh ends when it does not understand its arguments. */
  private static final int USAGE_ERROR = 64;

  private LaunchedScript() {}

  /** Whether the process is to say its id first. */
  static boolean isAnnouncing(List<String> arguments) throws LaunchException {
    try {
      return PowerShellLaunch.isAnnouncing(arguments);
    } catch (IllegalArgumentException e) {
      throw new LaunchException(USAGE_ERROR, e.getMessage() + "\r\n");
    }
  }

  static String read(List<String> arguments, InputStream stdin)
      throws IOException, LaunchException {
    try {
      return PowerShellLaunch.parse(arguments, stdin);
    } catch (IllegalArgumentException e) {
      throw new LaunchException(USAGE_ERROR, e.getMessage() + "\r\n");
    } catch (EOFException e) {
      throw new LaunchException(
          1, "PSCONNECT-CUT-FRAME: standard input ended inside the script\r\n");
    }
  }
}
