package io.psconnect.cli;

/** Placeholder until the command is written. */
public final class ConnectionCli {
  private ConnectionCli() {}

  /**
   * Starts the command.
   *
   * @param arguments what was typed
   */
  public static void main(String[] arguments) {}
}
