package io.psconnect.winrm.internal.wsman;

/**
 * What the host says when it will not do something.
 *
 * @param code Windows' code as an unsigned number; 0 if the host gave none
 * @param name what the SOAP fault is called, for instance {@code w:TimedOut}
 * @param text the host's own words
 */
public record Fault(long code, String name, String text) {

  /** Whether the host just had nothing to tell yet. */
  public boolean isTimeout() {
    return code == FaultCode.OPERATION_TIMEDOUT;
  }

  /** Whether the shell is gone; what was asked of it was not done. */
  public boolean isShellLost() {
    return code == FaultCode.UNKNOWN_SHELL
        || code == FaultCode.SHELL_DISCONNECTED
        || code == FaultCode.STREAM_DISCONNECTED
        || code == FaultCode.KEY_DELETED;
  }

  /** Whether a limit of the host was reached; what was asked was not done. */
  public boolean isQuota() {
    boolean known =
        code == FaultCode.QUOTA_MAX_SHELLS
            || code == FaultCode.QUOTA_MAX_OPERATIONS
            || code == FaultCode.QUOTA_USER
            || code == FaultCode.QUOTA_SYSTEM
            || code == FaultCode.QUOTA_MAX_SHELL_USERS
            || code >= FaultCode.FIRST_PROCESS_QUOTA && code <= FaultCode.LAST_PROCESS_QUOTA;
    return known || code == 0 && name.endsWith(":QuotaLimit");
  }

  /** Whether the account may not do this. */
  public boolean isAccessDenied() {
    return code == FaultCode.ACCESS_DENIED || code == FaultCode.WMI_ACCESS_DENIED;
  }

  /** Whether the host refused the message, or its own answer, for its size. */
  public boolean isTooLarge() {
    return code == FaultCode.ENVELOPE_TOO_LARGE;
  }

  /** Whether it is certain that what was asked was not even begun. */
  public boolean isRefusal() {
    return isShellLost() || isQuota() || isAccessDenied() || isTooLarge() || isInvalid();
  }

  private boolean isInvalid() {
    return code == FaultCode.SCHEMA_VALIDATION;
  }

  /** Whether an earlier message has to be done first; this one was not taken. */
  public boolean isBusy() {
    return code == FaultCode.BUSY;
  }

  /** Whether a command has ended under us. */
  public boolean isAborted() {
    return code == FaultCode.OPERATION_ABORTED || code == FaultCode.CANCELLED;
  }

  /** For instance {@code fault 2150858843 (0x8033805B): The shell was not found.} */
  @Override
  public String toString() {
    String number = code == 0 ? name : "%d (0x%X)".formatted(code, code);
    return "fault %s: %s".formatted(number, text.isBlank() ? "the host gave no reason" : text);
  }
}
