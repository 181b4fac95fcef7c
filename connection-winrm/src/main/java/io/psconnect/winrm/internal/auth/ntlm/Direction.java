package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The messages of one direction, signed and sealed with extended session security, 128 bit keys and
 * key exchange (MS-NLMP 3.4). The key stream runs on from message to message: who seals must not
 * unseal with the same object, and after an error nothing can be read any more.
 */
final class Direction implements AutoCloseable {
  static final String TO_HOST = "client-to-server";
  static final String TO_CLIENT = "server-to-client";

  private static final int SIGNATURE_SIZE = 16;
  private static final int CHECKSUM_SIZE = 8;
  private static final int SIGNATURE_VERSION = 1;

  private final byte[] signingKey;
  private final Cipher stream;
  private int number;

  Direction(byte[] sessionKey, String name) throws LoginException {
    signingKey = key(sessionKey, name, "signing");
    byte[] sealingKey = key(sessionKey, name, "sealing");
    stream = Algorithms.rc4(sealingKey);
    Arrays.fill(sealingKey, (byte) 0);
  }

  /** SIGNKEY and SEALKEY (MS-NLMP 3.4.5.2 and 3.4.5.3). */
  static byte[] key(byte[] sessionKey, String direction, String purpose) throws LoginException {
    String magic = "session key to %s %s key magic constant\0".formatted(direction, purpose);
    return Algorithms.md5(sessionKey, magic.getBytes(StandardCharsets.US_ASCII));
  }

  Sealed seal(byte[] message) throws LoginException {
    byte[] data = apply(message);
    return new Sealed(sign(message), data);
  }

  byte[] unseal(Sealed sealed) throws LoginException {
    byte[] message = apply(sealed.data());
    if (!MessageDigest.isEqual(sign(message), sealed.header())) {
      throw new LoginException(
          "A sealed message of the host's does not fit its signature: it was changed, repeated,"
              + " left out or sealed by another. Connect anew; if it happens again, look for what"
              + " changes messages between here and the host",
          null);
    }
    return message;
  }

  /** NTLMSSP_MESSAGE_SIGNATURE of the next message (MS-NLMP 3.4.4.2). */
  private byte[] sign(byte[] message) throws LoginException {
    byte[] count = littleEndian(Integer.BYTES).putInt(number++).array();
    byte[] checksum = Algorithms.hmacMd5(signingKey, count, message);
    return littleEndian(SIGNATURE_SIZE)
        .putInt(SIGNATURE_VERSION)
        .put(apply(Arrays.copyOf(checksum, CHECKSUM_SIZE)))
        .put(count)
        .array();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The JDK answers null to an empty input. */
  private byte[] apply(byte[] bytes) {
    return bytes.length == 0 ? bytes : stream.update(bytes);
  }

  @Override
  public void close() {
    Arrays.fill(signingKey, (byte) 0);
  }
}
