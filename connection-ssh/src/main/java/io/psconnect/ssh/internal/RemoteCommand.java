package io.psconnect.ssh.internal;

import java.util.List;

/**
 * The command line that starts PowerShell under whatever is the user's login shell. Its second line
 * is for PowerShell as the login shell, which makes any failure of the first a 1. To a POSIX shell
 * the variable is empty, and {@code exit} keeps the status. cmd.exe stops at the line's end: so it
 * was measured on Windows 11 by others (aaif-goose/goose#11259); here it could not be tried.
 */
final class RemoteCommand {
  private static final String EXIT = "\nexit $LASTEXITCODE";

  private final String powerShell;

  RemoteCommand(String powerShell) {
    this.powerShell = powerShell.contains(" ") ? '"' + powerShell + '"' : powerShell;
  }

  /** How much of the command line does not belong to PowerShell's arguments. */
  int overhead() {
    return powerShell.length() + 1 + EXIT.length();
  }

  String line(List<String> arguments) {
    return powerShell + " " + String.join(" ", arguments) + EXIT;
  }
}
