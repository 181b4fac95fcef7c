package io.psconnect.winrm.internal.auth;

/** A login, or a sealed message, that cannot be right. Its message says what to do; no secrets. */
public final class LoginException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Tells why.
   *
   * @param message what was expected, what came, and what to do next
   * @param cause why, or null
   */
  public LoginException(String message, Throwable cause) {
    super(message, cause);
  }
}
