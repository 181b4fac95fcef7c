package io.psconnect.testkit;

/** PowerShell's arguments or its standard input do not hold a whole script. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  LaunchException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
