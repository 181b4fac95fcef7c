package io.psconnect;

/** The host would not have us, or we would not have its way of asking. The script did not start. */
public class AuthenticationException extends UnreachableException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a failure before the script started.
   *
   * @param origin where it happened
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public AuthenticationException(Origin origin, String message, Throwable cause) {
    super(origin, message, cause);
  }
}
