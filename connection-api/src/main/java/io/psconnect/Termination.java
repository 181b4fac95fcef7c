package io.psconnect;

/** What became of the remote process, and of what it had started, when a call was given up. */
public enum Termination {
  /** No process had been started. */
  NOT_NEEDED("no process had been started"),
  /** Its end was seen. */
  CONFIRMED("the PowerShell process and what it had started were ended"),
  /** It was told to end, or could not be told; it may still run. */
  UNCONFIRMED("the PowerShell process or something it had started may still be running");

  private final String description;

  Termination(String description) {
    this.description = description;
  }

  /**
   * The outcome in words.
   *
   * @return a clause
   */
  public String description() {
    return description;
  }
}
