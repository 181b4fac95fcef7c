package io.psconnect.winrm.internal.auth.ntlm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.psconnect.winrm.internal.auth.LoginException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NtHashTest {
  private static byte[] key(String user) throws LoginException {
    try (NtHash hash = new NtHash("Password".toCharArray())) {
      return hash.responseKey("Domain", user);
    }
  }

  @Test
  void theCaseOfTheUsersNameDoesNotMatter() throws LoginException {
    assertArrayEquals(key("J\u00dcRGEN"), key("j\u00fcrgen"));
  }

  @Test
  void noLetterOfTheNameBecomesTwo() throws LoginException {
    assertArrayEquals(key("STRA\u00dfER"), key("stra\u00dfer"));
    assertFalse(Arrays.equals(key("STRASSER"), key("stra\u00dfer")));
  }

  @Test
  void aPasswordMayBeNoText() {
    assertArrayEquals(
        new byte[] {0x00, (byte) 0xD8, 0x41, 0x00}, NtHash.utf16(new char[] {0xD800, 'A'}));
  }

  @Test
  void afterTheEndTheHashIsZeros() throws LoginException {
    NtHash hash = new NtHash("Password".toCharArray());
    hash.close();
    byte[] name = NtHash.utf16("USERDomain".toCharArray());
    assertArrayEquals(Algorithms.hmacMd5(new byte[16], name), hash.responseKey("Domain", "User"));
  }
}
