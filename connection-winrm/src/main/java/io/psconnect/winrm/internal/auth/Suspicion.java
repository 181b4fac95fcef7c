package io.psconnect.winrm.internal.auth;

import io.psconnect.LoginProblem;

/**
 * What is to be looked at if a host has refused a login and has not said why.
 *
 * @param problem the most likely
 * @param words what to look at, for the user
 */
public record Suspicion(LoginProblem problem, String words) {

  /** Nothing points at anything but the user. */
  public static Suspicion ofUser() {
    return new Suspicion(
        LoginProblem.CREDENTIALS,
        "Check the user, the password, and that the user may log in to this host");
  }
}
