package io.psconnect.winrm.internal.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Challenges for tests, made from the one of MS-NLMP 4.2.4.3. */
final class Challenge {
  static final int FLAGS_AT = 20;
  static final int INFO_AT = 40;
  static final int PAYLOAD_AT = 56;

  private Challenge() {}

  static byte[] specified() {
    return HexFormat.of().parseHex(SpecificationTest.CHALLENGE);
  }

  static byte[] withFlags(int flags) {
    byte[] challenge = specified();
    littleEndian(challenge).putInt(FLAGS_AT, flags);
    return challenge;
  }

  static int flags() {
    return littleEndian(specified()).getInt(FLAGS_AT);
  }

  /** With target information of its own. */
  static byte[] with(byte[] info) {
    byte[] challenge = Arrays.copyOf(specified(), PAYLOAD_AT + info.length);
    ByteBuffer message = littleEndian(challenge);
    message.putShort(INFO_AT, (short) info.length).putShort(INFO_AT + 2, (short) info.length);
    message.putInt(INFO_AT + 4, PAYLOAD_AT).put(PAYLOAD_AT, info);
    return challenge;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
