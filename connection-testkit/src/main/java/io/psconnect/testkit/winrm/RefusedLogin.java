package io.psconnect.testkit.winrm;

/** The client is not let in, or what it sealed cannot be opened; the message says why. */
final class RefusedLogin extends Exception {
  private static final long serialVersionUID = 1;

  RefusedLogin(String message, Throwable cause) {
    super(message, cause);
  }
}
