package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import java.io.IOException;

/** The host wants a login instead of acting on a message (HTTP 401). */
final class LoginLostException extends IOException {
  private static final long serialVersionUID = 1;

  /** What is said if a new login does not help. */
  private final AuthenticationException refusal;

  LoginLostException(AuthenticationException refusal) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
  }

  AuthenticationException refusal() {
    return refusal;
  }
}
