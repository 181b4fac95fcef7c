package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Signing and sealing in one direction, with extended session security (MS-NLMP 3.4). */
final class NtlmStream {
  static final int SIGNATURE = 16;

  private final byte[] signingKey;
  private final byte[] sealingKey;
  private final boolean keyExchange;
  private Cipher rc4;
  private int sequence;

  private NtlmStream(byte[] sessionKey, String direction, boolean keyExchange) {
    this.signingKey = NtlmCrypto.md5(sessionKey, magic(direction, "signing"));
    this.sealingKey = NtlmCrypto.md5(sessionKey, magic(direction, "sealing"));
    this.keyExchange = keyExchange;
    this.rc4 = NtlmCrypto.rc4(sealingKey);
  }

  static NtlmStream fromClient(byte[] sessionKey, boolean keyExchange) {
    return new NtlmStream(sessionKey, "client-to-server", keyExchange);
  }

  static NtlmStream fromHost(byte[] sessionKey, boolean keyExchange) {
    return new NtlmStream(sessionKey, "server-to-client", keyExchange);
  }

  /** The constants of MS-NLMP 3.4.5.2 and 3.4.5.3; each has its final NUL. */
  private static byte[] magic(String direction, String use) {
    return ("session key to " + direction + " " + use + " key magic constant\0")
        .getBytes(StandardCharsets.US_ASCII);
  }

  HostContext.SealedMessage seal(byte[] message) {
    byte[] sealed = NtlmCrypto.through(rc4, message);
    return new HostContext.SealedMessage(sign(message), sealed);
  }

  byte[] unseal(byte[] signature, byte[] sealed) throws RefusedLogin {
    checkSequence(signature);
    byte[] message = NtlmCrypto.through(rc4, sealed);
    verify(message, signature);
    return message;
  }

  /** Version, checksum, sequence number (MS-NLMP 3.4.4.2). */
  byte[] sign(byte[] message) {
    byte[] number = littleEndian(sequence);
    byte[] checksum = Arrays.copyOf(NtlmCrypto.hmacMd5(signingKey, number, message), 8);
    sequence++;
    return ByteBuffer.allocate(SIGNATURE)
        .put(littleEndian(1))
        .put(keyExchange ? NtlmCrypto.through(rc4, checksum) : checksum)
        .put(number)
        .array();
  }

  void verify(byte[] message, byte[] signature) throws RefusedLogin {
    checkSequence(signature);
    if (!MessageDigest.isEqual(sign(message), signature)) {
      throw new RefusedLogin(
          "The NTLM signature of the client's message does not fit: it was changed on the way,"
              + " or sealed with another key",
          null);
    }
  }

  private void checkSequence(byte[] signature) throws RefusedLogin {
    if (signature.length != SIGNATURE) {
      throw new RefusedLogin(
          "An NTLM signature has 16 bytes, and this one " + signature.length, null);
    }
    int number = ByteBuffer.wrap(signature).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
    if (number != sequence) {
      throw new RefusedLogin(
          "The client's message has the sequence number %s, and %s was due: one is missing, or was"
                  .formatted(Integer.toUnsignedString(number), Integer.toUnsignedString(sequence))
              + " sent again",
          null);
    }
  }

  /** After SPNEGO's MIC, the cipher is as if there had been none (MS-SPNG 3.3.5.1). */
  void rewind() {
    rc4 = NtlmCrypto.rc4(sealingKey);
  }

  void wipe() {
    Arrays.fill(signingKey, (byte) 0);
    Arrays.fill(sealingKey, (byte) 0);
  }

  private static byte[] littleEndian(int number) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }
}
