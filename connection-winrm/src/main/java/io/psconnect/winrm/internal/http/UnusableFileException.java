package io.psconnect.winrm.internal.http;

/** A certificate or a key that cannot be used; its message names the file and says why. */
final class UnusableFileException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
