package io.psconnect.ssh.internal.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The encryption of keys in the older PEM form (RFC 1423's header, openssl's EVP_BytesToKey with
 * MD5 for the key).
 */
final class DekInfo {
  private static final Map<String, Integer> KEY_BYTES =
      Map.of("AES-128-CBC", 16, "AES-192-CBC", 24, "AES-256-CBC", 32, "DES-EDE3-CBC", 24);

  private final String algorithm;
  private final int keyBytes;
  private final byte[] initial;

  /**
   * Reads the header.
   *
   * @param value for instance {@code AES-128-CBC,00112233445566778899AABBCCDDEEFF}
   */
  DekInfo(String value) throws UnusableCredentialException {
    String[] parts = value.split(",", 2);
    Integer bytes = KEY_BYTES.get(parts[0]);
    if (bytes == null || parts.length < 2) {
      throw new UnusableCredentialException(
          "is encrypted in a way that is not supported (%s); encrypt it anew: %s"
              .formatted(parts[0], KeyFile.REWRITE));
    }
    algorithm = parts[0].startsWith("AES") ? "AES" : "DESede";
    keyBytes = bytes;
    initial = HexFormat.of().parseHex(parts[1].strip());
  }

  /** The key; with a wrong passphrase an exception or, once in some hundred times, garbage. */
  byte[] decrypt(byte[] encrypted, char[] passphrase) throws GeneralSecurityException {
    byte[] key = key(passphrase);
    try {
      Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(initial));
      return cipher.doFinal(encrypted);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] key(char[] passphrase) throws GeneralSecurityException {
    byte[] secret = utf8(passphrase);
    byte[] key = new byte[keyBytes];
    byte[] block = new byte[0];
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    for (int made = 0; made < keyBytes; made += block.length) {
      md5.update(block);
      md5.update(secret);
      md5.update(initial, 0, 8);
      block = md5.digest();
      System.arraycopy(block, 0, key, made, Math.min(block.length, keyBytes - made));
    }
    Arrays.fill(block, (byte) 0);
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  /** The bytes of a secret, which the caller wipes. */
  static byte[] utf8(char[] secret) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    Arrays.fill(encoded.array(), (byte) 0);
    return bytes;
  }
}
