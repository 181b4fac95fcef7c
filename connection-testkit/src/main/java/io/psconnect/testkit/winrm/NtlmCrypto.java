package io.psconnect.testkit.winrm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The primitives that MS-NLMP 6 names. */
final class NtlmCrypto {
  private NtlmCrypto() {}

  static byte[] md5(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw lacking("MD5", e);
    }
  }

  static byte[] hmacMd5(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw lacking("HmacMD5", e);
    }
  }

  /** A stream that goes on where it was: RC4 of MS-NLMP, and RC4K for one use. */
  static Cipher rc4(byte[] key) {
    try {
      Cipher cipher = Cipher.getInstance("ARCFOUR");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw lacking("ARCFOUR", e);
    }
  }

  /** What the stream makes of some bytes; of none, which the JDK answers with null, none. */
  static byte[] through(Cipher stream, byte[] bytes) {
    return bytes.length == 0 ? bytes : stream.update(bytes);
  }

  /** NTOWFv1 (MS-NLMP 3.3.1), which is all of the password that the host keeps. */
  static byte[] ntHash(char[] password) {
    byte[] text = new byte[2 * password.length];
    for (int i = 0; i < password.length; i++) {
      text[2 * i] = (byte) password[i];
      text[2 * i + 1] = (byte) (password[i] >>> 8);
    }
    byte[] hash = Md4.of(text);
    Arrays.fill(text, (byte) 0);
    return hash;
  }

  /** NTOWFv2 (MS-NLMP 3.3.2): the user's name in capitals, the domain's as the client wrote it. */
  static byte[] ntowfV2(byte[] ntHash, String user, String domain) {
    StringBuilder capitals = new StringBuilder();
    user.chars().forEach(c -> capitals.append((char) Character.toUpperCase(c)));
    return hmacMd5(ntHash, (capitals + domain).getBytes(StandardCharsets.UTF_16LE));
  }

  private static IllegalStateException lacking(String algorithm, GeneralSecurityException e) {
    return new IllegalStateException(
        "The test kit's NTLM needs " + algorithm + ", which this JDK does not offer", e);
  }
}
