package io.psconnect.testkit.winrm;

/** An operation that fails, as Windows says it (MS-WSMV 2.2.4.43). */
final class WsmanFault extends Exception {
  static final long TIMED_OUT = 2150858793L;
  static final long SHELL_NOT_FOUND = 2150858843L;
  static final long SCHEMA = 2150858817L;
  static final long TOO_MANY_SHELLS = 2150859173L;
  static final long TOO_MANY_OPERATIONS = 2150859174L;

  private static final long serialVersionUID = 1;

  private final long code;
  private final String subcode;

  private WsmanFault(long code, String subcode, String message) {
    super(message);
    this.code = code;
    this.subcode = subcode;
  }

  static WsmanFault of(long code) {
    if (code == TIMED_OUT) {
      return new WsmanFault(
          code,
          "w:TimedOut",
          "The WS-Management service cannot complete the operation within the time specified in"
              + " OperationTimeout.  ");
    } else if (code == TOO_MANY_SHELLS) {
      return new WsmanFault(
          code,
          "w:QuotaLimit",
          "The WS-Management service cannot process the request. This user is allowed a maximum"
              + " number of concurrent shells, which has been exceeded. Close existing shells or"
              + " raise the quota for this user. ");
    } else if (code == TOO_MANY_OPERATIONS) {
      return new WsmanFault(
          code,
          "w:QuotaLimit",
          "The WS-Management service cannot process the request. The maximum number of concurrent"
              + " operations for this user has been exceeded. Close existing operations for this"
              + " user, or raise the quota for this user. ");
    } else if (code == 5) {
      return new WsmanFault(code, "w:AccessDenied", "Access is denied. ");
    }
    return new WsmanFault(code, "w:InternalError", "The operation failed. ");
  }

  static WsmanFault shellNotFound(String id) {
    return new WsmanFault(
        SHELL_NOT_FOUND,
        "w:InvalidSelectors",
        ("The request for the Windows Remote Shell with ShellId %s failed because the shell was not"
                + " found on the server. Possible causes are: the specified ShellId is incorrect or"
                + " the shell no longer exists on the server. Provide the correct ShellId or create"
                + " a new shell and retry the operation. ")
            .formatted(id));
  }

  /** The command has been closed, or never was (MS-WSMV 3.1.4.14). */
  static WsmanFault commandNotFound() {
    return new WsmanFault(
        SHELL_NOT_FOUND,
        "w:InvalidSelectors",
        "The Windows Remote Shell received a request to perform an operation on a command"
            + " identifier that does not exist. Either the command has completed execution or the"
            + " client specified an invalid command identifier. ");
  }

  static WsmanFault schema(String what) {
    return new WsmanFault(
        SCHEMA,
        "w:SchemaValidationError",
        "The SOAP XML in the message does not match the corresponding XML schema definition: "
            + what);
  }

  static WsmanFault actionNotSupported(String action) {
    return new WsmanFault(
        2150858751L,
        "a:ActionNotSupported",
        "The action %s is not supported by the service. ".formatted(action));
  }

  long code() {
    return code;
  }

  String subcode() {
    return subcode;
  }
}
