package io.psconnect;

import java.util.Objects;

/** The deadline passed. {@link #termination()} says what became of the remote process. */
public class ConnectionTimeoutException extends ConnectionException {
  private static final long serialVersionUID = 1;

  private final Termination termination;

  /**
   * Tells of a deadline that passed.
   *
   * @param origin where it happened
   * @param scriptState whether the script may have run
   * @param termination what became of the remote process
   * @param message which time was allowed, and what to do next; what became of the process is added
   */
  public ConnectionTimeoutException(
      Origin origin, ScriptState scriptState, Termination termination, String message) {
    super(origin, scriptState, message + "; " + termination.description(), null);
    this.termination = Objects.requireNonNull(termination, "termination");
  }

  /**
   * What became of the remote process and of what it had started.
   *
   * @return whether its end was seen
   */
  public final Termination termination() {
    return termination;
  }
}
