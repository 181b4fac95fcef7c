package io.psconnect.winrm.internal.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The first message (MS-NLMP 2.2.1.1). It names neither the user's domain nor this computer. */
final class NegotiateMessage {
  /** Windows 10, NTLM revision 15 (MS-NLMP 2.2.2.10): hosts that log it know what they read. */
  static final long VERSION = 0x0F00_0000_0000_000AL;

  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final int SIZE = 40;

  private NegotiateMessage() {}

  /** How each NTLM message begins. */
  static byte[] signature() {
    return SIGNATURE.clone();
  }

  static byte[] bytes() {
    ByteBuffer message = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    message.put(SIGNATURE).putInt(1).putInt(Flag.OFFERED);
    emptyField(message);
    emptyField(message);
    return message.putLong(VERSION).array();
  }

  private static void emptyField(ByteBuffer message) {
    message.putShort((short) 0).putShort((short) 0).putInt(SIZE);
  }
}
