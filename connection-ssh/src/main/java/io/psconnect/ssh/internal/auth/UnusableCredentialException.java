package io.psconnect.ssh.internal.auth;

/** A key, certificate or agent that cannot be used; the message says why and what to do. */
final class UnusableCredentialException extends Exception {
  private static final long serialVersionUID = 1;

  /** Takes no cause on purpose: a decoder's own message may quote what it could not decode. */
  UnusableCredentialException(String message) {
    super(message);
  }
}
