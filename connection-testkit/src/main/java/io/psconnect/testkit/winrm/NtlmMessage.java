package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client's NTLM message (MS-NLMP 2.2.1), read with care for its bounds. */
final class NtlmMessage {
  static final int NEGOTIATE = 1;
  static final int CHALLENGE = 2;
  static final int AUTHENTICATE = 3;

  private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LIMIT = 64 * 1024;

  private final byte[] bytes;
  private final ByteBuffer view;

  private NtlmMessage(byte[] bytes) {
    this.bytes = bytes;
    this.view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] signature() {
    return SIGNATURE.clone();
  }

  static boolean isNtlm(byte[] token) {
    return token.length >= SIGNATURE.length
        && Arrays.equals(token, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static NtlmMessage read(byte[] token, int type, int shortest) throws RefusedLogin {
    if (!isNtlm(token) || token.length < shortest || token.length > LIMIT) {
      throw new RefusedLogin(
          "Expected an NTLM message of type %d and of %d to %d bytes; got %d bytes that are none"
              .formatted(type, shortest, LIMIT, token.length),
          null);
    }
    NtlmMessage message = new NtlmMessage(token.clone());
    if (message.number(8) != type) {
      throw new RefusedLogin(
          "Expected an NTLM message of type %d; got type %d".formatted(type, message.number(8)),
          null);
    }
    return message;
  }

  /** The four bytes at a place within the fixed part, which {@code read} has seen to be there. */
  int number(int at) {
    return view.getInt(at);
  }

  /** What a field of length, room and offset points to. */
  byte[] field(int at) throws RefusedLogin {
    int length = Short.toUnsignedInt(view.getShort(at));
    long from = Integer.toUnsignedLong(view.getInt(at + 4));
    if (length == 0) {
      return new byte[0];
    }
    if (from + length > bytes.length) {
      throw new RefusedLogin(
          "The NTLM field at %d claims bytes %d to %d of a message of %d"
              .formatted(at, from, from + length, bytes.length),
          null);
    }
    return Arrays.copyOfRange(bytes, (int) from, (int) from + length);
  }

  String text(int at) throws RefusedLogin {
    return new String(field(at), StandardCharsets.UTF_16LE);
  }

  byte[] range(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
