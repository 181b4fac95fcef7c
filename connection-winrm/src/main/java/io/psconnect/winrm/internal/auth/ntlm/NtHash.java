package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hash of a password by which Windows knows it (NTOWFv1, MS-NLMP 3.3.1). Whoever has it can log
 * in: it is as secret as the password.
 */
final class NtHash implements AutoCloseable {
  private final byte[] hash;

  /** Does not keep the password. */
  NtHash(char[] password) {
    byte[] bytes = utf16(password);
    hash = Md4.hash(bytes);
    Arrays.fill(bytes, (byte) 0);
  }

  /** The key of the user's responses (NTOWFv2, MS-NLMP 3.3.2). */
  byte[] responseKey(String domain, String user) throws LoginException {
    return Algorithms.hmacMd5(hash, utf16((upperCase(user) + domain).toCharArray()));
  }

  /** UTF-16LE, with whatever the characters are: lone surrogates are allowed in passwords. */
  static byte[] utf16(char[] characters) {
    ByteBuffer bytes = ByteBuffer.allocate(characters.length * Character.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(characters);
    return bytes.array();
  }

  /** One character for one, as Windows does it: 'ß' stays. */
  private static String upperCase(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < upper.length(); i++) {
      upper.setCharAt(i, Character.toUpperCase(upper.charAt(i)));
    }
    return upper.toString();
  }

  @Override
  public void close() {
    Arrays.fill(hash, (byte) 0);
  }
}
