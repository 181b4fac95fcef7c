package io.psconnect.winrm.internal.wsman;

/** The codes that mean something to us; their names are those of Windows' wsmerror.h. */
public final class FaultCode {
  /** Access is denied. */
  public static final long ACCESS_DENIED = 5;

  /** An earlier Send has not been taken yet; this one was not taken. */
  public static final long BUSY = 170;

  /** The command or its shell was ended while we waited. */
  public static final long OPERATION_ABORTED = 995;

  /** The same, by another way. */
  public static final long CANCELLED = 1223;

  /** The account's profile was unloaded under the shell. */
  public static final long KEY_DELETED = 0x800703FAL;

  /** Nothing came within the message's OperationTimeout. */
  public static final long OPERATION_TIMEDOUT = 0x80338029L;

  /** A message that is not what the host's schema wants. */
  public static final long SCHEMA_VALIDATION = 0x80338041L;

  /** A message, or the answer to it, is larger than the host's MaxEnvelopeSize. */
  public static final long ENVELOPE_TOO_LARGE = 0x80338048L;

  /** The host knows no such shell: closed, idle for too long, or the service was restarted. */
  public static final long UNKNOWN_SHELL = 0x8033805BL;

  /** Access is denied by WMI. */
  public static final long WMI_ACCESS_DENIED = 0x80338104L;

  static final long QUOTA_MAX_SHELLS = 0x803381A5L;
  static final long QUOTA_MAX_OPERATIONS = 0x803381A6L;
  static final long QUOTA_USER = 0x803381A7L;
  static final long QUOTA_SYSTEM = 0x803381A8L;
  static final long QUOTA_MAX_SHELL_USERS = 0x803381ABL;
  static final long SHELL_DISCONNECTED = 0x803381C4L;
  static final long STREAM_DISCONNECTED = 0x803381DEL;
  static final long FIRST_PROCESS_QUOTA = 0x803381E4L;
  static final long LAST_PROCESS_QUOTA = 0x803381EAL;

  private FaultCode() {}
}
