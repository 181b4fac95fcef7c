package io.psconnect;

/** The session ended without an exit status: the result is not known. */
public class SessionDroppedException extends ConnectionException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a session that ended too early.
   *
   * @param origin where it happened
   * @param scriptState whether the script may have run
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public SessionDroppedException(
      Origin origin, ScriptState scriptState, String message, Throwable cause) {
    super(origin, scriptState, message, cause);
  }
}
