package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;

/**
 * A wrapped message of RFC 4121 4.2.6.2 as gss_wrap_iov and Windows make it: what stands behind the
 * message (a copy of the header, and the checksum) is rotated to before it, and so all but the
 * message's own bytes is one header (MS-WSMV 2.2.9.1).
 */
final class RotatedToken {
  private static final int TOKEN_ID = 0x0504;
  private static final int FIXED = 16;
  private static final int CONFOUNDER = 16;
  private static final int COUNT = 6;

  private RotatedToken() {}

  /** Rotates what the JDK makes, which does not. */
  static HostContext.SealedMessage split(byte[] token, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(token);
    int headerLength = token.length - length;
    int count = headerLength - FIXED - CONFOUNDER;
    if (headerLength < FIXED || bytes.getShort(0) != TOKEN_ID || bytes.getShort(COUNT) != 0) {
      throw new IllegalStateException(
          "The JDK wraps otherwise than by RFC 4121 without rotation; is the session's key of AES?");
    }
    ByteBuffer rotated = ByteBuffer.allocate(token.length);
    rotated.put(token, 0, FIXED).put(token, token.length - count, count);
    rotated.put(token, FIXED, token.length - count - FIXED);
    rotated.putShort(COUNT, (short) count).rewind();
    byte[] header = new byte[headerLength];
    byte[] data = new byte[length];
    rotated.get(header).get(data);
    return new HostContext.SealedMessage(header, data);
  }

  /** The client's parts as one token, which tells its rotation itself. */
  static byte[] joined(byte[] header, byte[] data) throws RefusedLogin {
    ByteBuffer bytes = ByteBuffer.wrap(header);
    if (header.length < FIXED || bytes.getShort(0) != TOKEN_ID) {
      throw new RefusedLogin(
          "The header of %d bytes is none of RFC 4121".formatted(header.length), null);
    }
    int count = Short.toUnsignedInt(bytes.getShort(COUNT));
    if (header.length != FIXED + CONFOUNDER + count) {
      throw new RefusedLogin(
          "A header that is rotated by %d has %d bytes, and this one %d"
              .formatted(count, FIXED + CONFOUNDER + count, header.length),
          null);
    }
    return ByteBuffer.allocate(header.length + data.length).put(header).put(data).array();
  }
}
