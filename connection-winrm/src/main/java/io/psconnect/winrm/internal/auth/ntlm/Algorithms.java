package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The algorithms that NTLM takes from the JDK. A JDK in FIPS mode may lack them. */
final class Algorithms {
  private Algorithms() {}

  static byte[] md5(byte[]... parts) throws LoginException {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw missing("MD5", e);
    }
  }

  static byte[] hmacMd5(byte[] key, byte[]... parts) throws LoginException {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(key, "HmacMD5"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw missing("HmacMD5", e);
    }
  }

  /** A key stream of RC4: each {@link Cipher#update(byte[])} goes on where the last one ended. */
  static Cipher rc4(byte[] key) throws LoginException {
    try {
      Cipher cipher = Cipher.getInstance("ARCFOUR");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "ARCFOUR"));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw missing("ARCFOUR", e);
    }
  }

  private static LoginException missing(String algorithm, GeneralSecurityException cause) {
    return new LoginException(
        ("NTLM needs the algorithm %s, which this Java does not offer (is it in FIPS mode?):"
                + " log in by Kerberos, or by a password or certificate over HTTPS")
            .formatted(algorithm),
        cause);
  }
}
