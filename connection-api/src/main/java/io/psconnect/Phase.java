package io.psconnect;

/** What was going on when something failed. */
public enum Phase {
  /** Looking up the backend. */
  LOOKUP("looking up the backend"),
  /** Reading the files that the options name, before the host is tried. */
  PREPARE("reading files"),
  /** Reaching the host: name, network, proxy, host key. */
  CONNECT("connecting"),
  /** Agreeing on TLS with a host that was reached. */
  TLS("setting up TLS"),
  /** Proving who we are. */
  AUTHENTICATE("authenticating"),
  /** Starting PowerShell. */
  START("starting PowerShell"),
  /** Sending the script and its input, and waiting for its end. */
  RUN("running the script"),
  /** Copying a file. */
  COPY("copying a file"),
  /** Closing the session. */
  CLOSE("closing");

  private final String description;

  Phase(String description) {
    this.description = description;
  }

  /**
   * The phase in words.
   *
   * @return a part of a sentence, for instance {@code running the script}
   */
  public String description() {
    return description;
  }
}
