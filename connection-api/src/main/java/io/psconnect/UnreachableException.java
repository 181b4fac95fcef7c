package io.psconnect;

/**
 * The host could not be reached: name, network, TLS, host key or proxy, as far as the {@linkplain
 * #phase() phase} tells them apart; or a file could not be read that is needed for it. The script
 * did not start.
 */
public class UnreachableException extends ConnectionException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a failure before the script started.
   *
   * @param origin where it happened
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public UnreachableException(Origin origin, String message, Throwable cause) {
    super(origin, ScriptState.NOT_STARTED, message, cause);
  }
}
