package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import io.psconnect.Phase;

/**
 * The login that the host has refused last. Each try counts against the account, which a few lock;
 * so only who wants something new tries again. What goes on (input, output) and what tidies up do
 * not, for nobody has asked for them just now, and there may be many.
 */
final class RefusedLogin {
  private volatile AuthenticationException last;

  void remember(AuthenticationException refusal) {
    last = refusal;
  }

  /** What is new was answered, on whatever connection: what belongs to it may try again, once. */
  void forget(Phase phase) {
    if (!isUnderWay(phase)) {
      last = null;
    }
  }

  /** Before a login. */
  void check(Phase phase) throws AuthenticationException {
    AuthenticationException refusal = last;
    if (refusal != null && isUnderWay(phase)) {
      throw new AuthenticationException(
          refusal.origin(),
          refusal.problem(),
          "the host has refused the login before, and it is not tried again for what is under way",
          refusal);
    }
  }

  private static boolean isUnderWay(Phase phase) {
    return phase == Phase.RUN || phase == Phase.CLOSE;
  }
}
