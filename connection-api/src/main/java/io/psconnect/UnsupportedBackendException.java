package io.psconnect;

/** No such backend is on the path, or the host's side cannot do it. The script did not start. */
public class UnsupportedBackendException extends ConnectionException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a failure before the script started.
   *
   * @param origin where it happened
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public UnsupportedBackendException(Origin origin, String message, Throwable cause) {
    super(origin, ScriptState.NOT_STARTED, message, cause);
  }
}
