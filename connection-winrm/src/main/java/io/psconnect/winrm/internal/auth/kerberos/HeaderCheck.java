package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.kerberos.EncryptionKey;

/**
 * Compares the header of the host's wrap token with the copy of it that is encrypted.
 *
 * <p>The header has the sequence number, and nothing protects it but that copy (RFC 4121, 4.2.4).
 * MIT compares the two; JGSS (of JDK 17 and 25) does not: somebody in between who gives an old
 * message the next number would have it accepted. So the copy, the last block of the plain text, is
 * decrypted here once more. JGSS has proved the token's integrity before.
 */
final class HeaderCheck {
  private static final int BLOCK = 16;

  /** Tells a key for encryption of what an acceptor seals: usage 22 (RFC 4121, 2) and AA. */
  private static final byte[] LABEL = HexFormat.of().parseHex("00000016aa");

  /** The label, folded to a block (RFC 3961, 5.1). */
  private static final byte[] FOLDED_LABEL =
      HexFormat.of().parseHex("560080c05560555cd66ab55aaa82d6ab");

  private final SecretKeySpec key;
  private final int hmac;

  private HeaderCheck(byte[] key, int hmac) {
    this.key = new SecretKeySpec(key, "AES");
    this.hmac = hmac;
  }

  /** For the key of a context, by the numbers of RFC 3962 and RFC 8009. */
  static HeaderCheck of(EncryptionKey context) throws GeneralSecurityException, LoginException {
    byte[] key = context.getEncoded();
    try {
      return switch (context.getKeyType()) {
        case 17, 18 -> new HeaderCheck(derived(key), 12);
        case 19 -> new HeaderCheck(derived(key, "HmacSHA256"), 16);
        case 20 -> new HeaderCheck(derived(key, "HmacSHA384"), 24);
        default -> throw WrapToken.oldCipher();
      };
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** RFC 3961, 5.1: the label encrypted, and that again, until there is enough of it. */
  private static byte[] derived(byte[] key) throws GeneralSecurityException {
    byte[] derived = new byte[key.length];
    byte[] block = FOLDED_LABEL;
    for (int at = 0; at < derived.length; at += BLOCK) {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
      block = cipher.doFinal(block);
      System.arraycopy(block, 0, derived, at, BLOCK);
    }
    return derived;
  }

  /** RFC 8009, 3. */
  private static byte[] derived(byte[] key, String algorithm) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    mac.update(new byte[] {0, 0, 0, 1});
    mac.update(LABEL);
    int bits = key.length * Byte.SIZE;
    mac.update(new byte[] {0, 0, 0, (byte) (bits >> 8), (byte) bits});
    return Arrays.copyOf(mac.doFinal(), key.length);
  }

  /**
   * Whether the header is the one that was sealed.
   *
   * @param token which JGSS has opened
   */
  boolean isTrue(byte[] token) throws GeneralSecurityException {
    byte[] copy = copy(encrypted(token));
    copy[WrapToken.RRC] = token[WrapToken.RRC]; // Not protected, and harmless.
    copy[WrapToken.RRC + 1] = token[WrapToken.RRC + 1];
    return Arrays.equals(copy, 0, WrapToken.HEADER, token, 0, WrapToken.HEADER);
  }

  /** What follows the header, rotated back, without the HMAC. */
  private byte[] encrypted(byte[] token) {
    byte[] body = Arrays.copyOfRange(token, WrapToken.HEADER, token.length);
    int rotation = WrapToken.rotation(token) % body.length;
    byte[] straight = Arrays.copyOfRange(body, rotation, body.length + rotation);
    System.arraycopy(body, 0, straight, body.length - rotation, rotation);
    return Arrays.copyOf(straight, body.length - hmac);
  }

  /** The last 16 bytes; with cipher text stealing they take the last two blocks and their IV. */
  private byte[] copy(byte[] encrypted) throws GeneralSecurityException {
    int start = ((encrypted.length + BLOCK - 1) / BLOCK - 2) * BLOCK;
    byte[] previous =
        start == 0 ? new byte[BLOCK] : Arrays.copyOfRange(encrypted, start - BLOCK, start);
    Cipher cipher = Cipher.getInstance("AES/CTS/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(previous));
    byte[] plain = cipher.doFinal(encrypted, start, encrypted.length - start);
    return Arrays.copyOfRange(plain, plain.length - WrapToken.HEADER, plain.length);
  }
}
