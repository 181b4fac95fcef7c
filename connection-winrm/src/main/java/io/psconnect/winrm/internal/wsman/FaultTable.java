package io.psconnect.winrm.internal.wsman;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.QuotaException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;

/** What a fault means to the caller, by its code; the host's own words are kept. */
public final class FaultTable {

  private FaultTable() {}

  /**
   * The exception for a fault.
   *
   * @param asked what was asked of the host, a noun
   * @param state whether the script may run; if it may, the result is lost whatever the fault is
   */
  public static ConnectionException exception(
      FaultException cause, Origin origin, String asked, ScriptState state) {
    Fault fault = cause.fault();
    String words = "the host answered %s by %s".formatted(asked, fault);
    if (state == ScriptState.MAY_HAVE_RUN) {
      return new SessionDroppedException(origin, state, words + advice(fault), cause);
    }
    if (fault.isQuota()) {
      return new QuotaException(origin, words + advice(fault), cause);
    }
    return fault.isAccessDenied()
        ? new AuthenticationException(origin, words + advice(fault), cause)
        : new ConnectionException(origin, state, words + advice(fault), cause);
  }

  private static String advice(Fault fault) {
    if (fault.isQuota()) {
      return "; close shells that are not needed, or raise the host's limits (winrm/config/winrs)";
    }
    if (fault.isAccessDenied()) {
      return "; the account must be an administrator there or in the group Remote Management Users,"
          + " and a local administrator needs LocalAccountTokenFilterPolicy";
    }
    if (fault.isShellLost()) {
      return "; the shell was closed on the host, was idle for too long, or the WinRM service was"
          + " restarted";
    }
    return "";
  }
}
