package io.psconnect.winrm.internal.shell;

/** A shell on the host. Its use is counted by the {@link ShellPool}, under its lock. */
final class Shell {
  private final String id;
  private int commands;
  private boolean full;
  private boolean retired;

  Shell(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  int commands() {
    return commands;
  }

  boolean isUsable() {
    return !full && !retired;
  }

  boolean isRetired() {
    return retired;
  }

  void take() {
    commands++;
  }

  /** One command less; there may be room now. */
  void giveBack() {
    commands--;
    full = false;
  }

  /** The host has refused a command for a limit of its own. What fills an unused one is lasting. */
  void refuse() {
    commands--;
    full = true;
    retired |= commands == 0;
  }

  /** No more commands for this one. */
  void retire() {
    retired = true;
  }
}
