package io.psconnect.winrm.internal.auth;

import io.psconnect.LoginProblem;
import java.util.Objects;

/** A login, or a sealed message, that cannot be right. Its message says what to do; no secrets. */
public final class LoginException extends Exception {
  private static final long serialVersionUID = 1;

  private final LoginProblem problem;

  /**
   * Tells why, where it is none of the special problems.
   *
   * @param message what was expected, what came, and what to do next
   * @param cause why, or null
   */
  public LoginException(String message, Throwable cause) {
    this(LoginProblem.CREDENTIALS, message, cause);
  }

  /**
   * Tells why.
   *
   * @param problem what has to be set right
   * @param message what was expected, what came, and what to do next
   * @param cause why, or null
   */
  public LoginException(LoginProblem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = Objects.requireNonNull(problem, "problem");
  }

  /** What has to be set right. */
  public LoginProblem problem() {
    return problem;
  }
}
