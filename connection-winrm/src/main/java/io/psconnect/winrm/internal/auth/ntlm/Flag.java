package io.psconnect.winrm.internal.auth.ntlm;

import java.util.Set;

/** What client and host agree on (MS-NLMP 2.2.2.5), as far as we use it. */
enum Flag {
  UNICODE(0x1, "Unicode"),
  REQUEST_TARGET(0x4, "target name"),
  SIGN(0x10, "signing"),
  SEAL(0x20, "sealing"),
  NTLM(0x200, "NTLM"),
  ALWAYS_SIGN(0x8000, "dummy signatures"),
  EXTENDED_SESSION_SECURITY(0x80000, "extended session security (NTLM2)"),
  TARGET_INFO(0x800000, "target information"),
  VERSION(0x2000000, "version"),
  BITS_128(0x20000000, "128 bit keys"),
  KEY_EXCHANGE(0x40000000, "key exchange"),
  BITS_56(0x80000000, "56 bit keys");

  /** What the first message asks for. */
  static final int OFFERED =
      bits(
          Set.of(
              UNICODE,
              REQUEST_TARGET,
              SIGN,
              SEAL,
              NTLM,
              ALWAYS_SIGN,
              EXTENDED_SESSION_SECURITY,
              VERSION,
              BITS_128,
              KEY_EXCHANGE,
              BITS_56));

  private final int bit;
  private final String words;

  Flag(int bit, String words) {
    this.bit = bit;
    this.words = words;
  }

  boolean isIn(int flags) {
    return (flags & bit) != 0;
  }

  /** Its name in errors. */
  String words() {
    return words;
  }

  int bit() {
    return bit;
  }

  private static int bits(Set<Flag> flags) {
    return flags.stream().mapToInt(Flag::bit).reduce(0, (some, more) -> some | more);
  }
}
