package io.psconnect.testkit.winrm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens what aes128-cts-hmac-sha1-96 and aes256-cts-hmac-sha1-96 (RFC 3962) have encrypted. The
 * checksum is not looked at: only what the JDK has taken already is read a second time.
 */
final class AesSha1 {
  private static final int BLOCK = 16;
  private static final int CHECKSUM = 12;

  private final byte[] key;

  AesSha1(byte[] key) {
    this.key = key.clone();
  }

  /** The text, without the confounder before it. */
  byte[] open(byte[] encrypted, int usage) throws GeneralSecurityException {
    if (encrypted.length < 2 * BLOCK + CHECKSUM) {
      throw new GeneralSecurityException("Too short to have been encrypted");
    }
    byte[] text = cts(derived(usage), Arrays.copyOf(encrypted, encrypted.length - CHECKSUM));
    return Arrays.copyOfRange(text, BLOCK, text.length);
  }

  /** CBC with ciphertext stealing (RFC 3962 5): the last two blocks have changed places. */
  private static byte[] cts(byte[] key, byte[] encrypted) throws GeneralSecurityException {
    int last = (encrypted.length - 1) % BLOCK + 1;
    int from = encrypted.length - last - BLOCK;
    byte[] whole = Arrays.copyOfRange(encrypted, from, from + BLOCK);
    byte[] filling = cipher(key, Cipher.DECRYPT_MODE, "ECB").doFinal(whole);
    ByteBuffer blocks = ByteBuffer.allocate(from + 2 * BLOCK);
    blocks.put(encrypted, 0, from);
    blocks.put(encrypted, from + BLOCK, last).put(filling, last, BLOCK - last);
    blocks.put(whole);
    byte[] text = cipher(key, Cipher.DECRYPT_MODE, "CBC").doFinal(blocks.array());
    return Arrays.copyOf(text, encrypted.length);
  }

  /** The key for encryption in one use (RFC 3961 5.1, 5.3). */
  private byte[] derived(int usage) throws GeneralSecurityException {
    byte[] constant = ByteBuffer.allocate(5).putInt(usage).put((byte) 0xaa).array();
    Cipher cipher = cipher(key, Cipher.ENCRYPT_MODE, "ECB");
    ByteBuffer derived = ByteBuffer.allocate(key.length);
    byte[] block = folded(constant);
    while (derived.hasRemaining()) {
      block = cipher.doFinal(block);
      derived.put(block);
    }
    return derived.array();
  }

  /**
   * 128-fold (RFC 3961 5.1) of 40 bits: 16 copies, each rotated right by 13 bits more, are five
   * numbers of 128 bits, which are added with the carry coming in again at the end.
   */
  static byte[] folded(byte[] constant) {
    BigInteger copies = BigInteger.ZERO;
    for (int i = 0; i < BLOCK; i++) {
      copies = copies.shiftLeft(40).or(rotated(new BigInteger(1, constant), 13 * i % 40));
    }
    BigInteger all = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < 5; i++) {
      sum = sum.add(copies.shiftRight(128 * i).and(all));
    }
    while (sum.bitLength() > 128) {
      sum = sum.and(all).add(sum.shiftRight(128));
    }
    return sixteen(sum);
  }

  private static BigInteger rotated(BigInteger number, int bits) {
    BigInteger mask = BigInteger.ONE.shiftLeft(40).subtract(BigInteger.ONE);
    return number.shiftRight(bits).or(number.shiftLeft(40 - bits).and(mask));
  }

  private static byte[] sixteen(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int length = Math.min(BLOCK, bytes.length);
    byte[] sixteen = new byte[BLOCK];
    System.arraycopy(bytes, bytes.length - length, sixteen, BLOCK - length, length);
    return sixteen;
  }

  private static Cipher cipher(byte[] key, int mode, String chaining)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/" + chaining + "/NoPadding");
    SecretKeySpec spec = new SecretKeySpec(key, "AES");
    if (chaining.equals("ECB")) {
      cipher.init(mode, spec);
    } else {
      cipher.init(mode, spec, new IvParameterSpec(new byte[BLOCK]));
    }
    return cipher;
  }
}
