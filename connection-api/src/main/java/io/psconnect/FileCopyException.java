package io.psconnect;

/**
 * The host would not have the file: no permission, no room, no such drive. The target is as it was.
 */
public class FileCopyException extends ConnectionException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a copy that the host refused; it may be tried again.
   *
   * @param origin where it happened
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public FileCopyException(Origin origin, String message, Throwable cause) {
    super(origin, ScriptState.NOT_STARTED, message, cause);
  }
}
