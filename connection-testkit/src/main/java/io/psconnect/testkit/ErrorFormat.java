package io.psconnect.testkit;

/** How a {@link ScriptedPowerShell} writes error text to its error stream. */
public enum ErrorFormat {
  /**
   * As PowerShell does where the command is encoded and the stream redirected: a line {@code #<
   * CLIXML}, then one document with an error record for each line.
   */
  CLIXML,

  /** As native programs do: the bytes as they are. */
  RAW
}
