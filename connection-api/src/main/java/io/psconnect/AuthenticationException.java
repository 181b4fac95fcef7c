package io.psconnect;

import java.util.Objects;

/** The host would not have us, or we would not have its way of asking. The script did not start. */
public class AuthenticationException extends UnreachableException {
  private static final long serialVersionUID = 1;

  private final LoginProblem problem;

  /**
   * Tells of a failure before the script started, for {@linkplain LoginProblem#CREDENTIALS want of
   * the right credentials}.
   *
   * @param origin where it happened
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public AuthenticationException(Origin origin, String message, Throwable cause) {
    this(origin, LoginProblem.CREDENTIALS, message, cause);
  }

  /**
   * Tells of a failure before the script started.
   *
   * @param origin where it happened
   * @param problem what has to be set right
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public AuthenticationException(
      Origin origin, LoginProblem problem, String message, Throwable cause) {
    super(origin, message, cause);
    this.problem = Objects.requireNonNull(problem, "problem");
  }

  /**
   * What has to be set right before it is worth trying again.
   *
   * @return the most likely, where the host has not said
   */
  public final LoginProblem problem() {
    return problem;
  }
}
