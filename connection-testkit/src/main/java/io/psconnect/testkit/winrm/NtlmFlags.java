package io.psconnect.testkit.winrm;

/** What client and host agree on (MS-NLMP 2.2.2.5). */
record NtlmFlags(int bits) {
  static final int UNICODE = 0x1;
  static final int REQUEST_TARGET = 0x4;
  static final int SIGN = 0x10;
  static final int SEAL = 0x20;
  static final int NTLM = 0x200;
  static final int ALWAYS_SIGN = 0x8000;
  static final int TARGET_IS_SERVER = 0x20000;
  static final int EXTENDED_SESSION_SECURITY = 0x80000;
  static final int TARGET_INFO = 0x800000;
  static final int VERSION = 0x2000000;
  static final int KEY_128 = 0x20000000;
  static final int KEY_EXCHANGE = 0x40000000;
  static final int KEY_56 = 0x80000000;

  private static final int NEEDED = UNICODE | EXTENDED_SESSION_SECURITY;
  private static final int IF_ASKED =
      SIGN | SEAL | ALWAYS_SIGN | VERSION | KEY_128 | KEY_EXCHANGE | KEY_56;

  boolean has(int flag) {
    return (bits & flag) != 0;
  }

  /**
   * What the host offers to a client that asked for these. Unicode always: some ask for OEM alone,
   * as the first message is in that, and take Unicode all the same.
   */
  NtlmFlags offered() throws RefusedLogin {
    if (!has(EXTENDED_SESSION_SECURITY)) {
      throw new RefusedLogin(
          "The client does not ask for extended session security; its flags are %08x"
              .formatted(bits),
          null);
    }
    return new NtlmFlags(
        NEEDED | REQUEST_TARGET | NTLM | TARGET_IS_SERVER | TARGET_INFO | (bits & IF_ASKED));
  }

  /** What the client settled for, as every Windows in use wants it. */
  NtlmFlags settled() throws RefusedLogin {
    if ((bits & NEEDED) != NEEDED) {
      throw new RefusedLogin(
          "The client does not want Unicode and extended session security; its flags are %08x"
              .formatted(bits),
          null);
    }
    if (has(SEAL) && !has(KEY_128)) {
      throw new RefusedLogin(
          "The client wants to seal with fewer than 128 bits; its flags are %08x".formatted(bits),
          null);
    }
    return this;
  }
}
