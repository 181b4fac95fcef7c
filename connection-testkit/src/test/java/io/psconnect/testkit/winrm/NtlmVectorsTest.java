package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers that RFC 1320 and MS-NLMP print. */
class NtlmVectorsTest {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  /** MS-NLMP 4.2.4.3. */
  private static final String AUTHENTICATE =
      "4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000"
          + "100010005c00000010001000d8000000358288e20501280a0000000f44006f006d00610069006e005500"
          + "73006500720043004f004d005000550054004500520086c35097ac9cec102554764a57cccc19aaaaaaaa"
          + "aaaaaaaa68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaa"
          + "aaaa0000000002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000"
          + "00000000c5dad2544fc9799094ce1ce90bc9d03e";

  @ParameterizedTest
  @CsvSource({
    "'', 31d6cfe0d16ae931b73c59d7e0c089c0",
    "a, bde52cb31de33e46245e05fbdbd6fb24",
    "abc, a448017aaf21d8525fc10ae87aa6729d",
    "message digest, d9130a8164549fe818874806e1c7014b",
    LETTERS + ", d79e1c308aa5bbcdeea8ed63df412da9",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LETTERS + "0123456789, 043f8582f241db351ce627e153e7f0e4",
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890,"
        + " e33b4ddc9c38f2199c3e7b164fcc0536"
  })
  void md4OfTheRfcsTexts(String text, String digest) {
    assertEquals(digest, hex(Md4.of(text.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void thePasswordsHashes() {
    byte[] hash = NtlmCrypto.ntHash("Password".toCharArray());
    assertEquals("a4f49c406510bdcab6824ee7c30fd852", hex(hash));
    assertEquals(
        "0c868a403bfd7a93a3001ef22ef02e3f", hex(NtlmCrypto.ntowfV2(hash, "User", "Domain")));
  }

  @Test
  void theAnswersKeys() throws RefusedLogin {
    NtlmAnswer answer = NtlmAnswer.read(bytes(AUTHENTICATE));
    byte[] hash = NtlmCrypto.ntHash("Password".toCharArray());
    byte[] base = answer.sessionBaseKey(hash, bytes("0123456789abcdef"));
    assertEquals("8de40ccadbc14a82f15cb0ad0de95ca3", hex(base));
    assertEquals("55".repeat(16), hex(answer.sessionKey(base)));
    assertEquals("Domain User", answer.domain() + " " + answer.user());
  }

  @Test
  void aSealedMessage() throws RefusedLogin {
    byte[] key = bytes("55".repeat(16));
    byte[] text = "Plaintext".getBytes(StandardCharsets.UTF_16LE);
    HostContext.SealedMessage sealed = NtlmStream.fromClient(key, true).seal(text);
    assertEquals("54e50165bf1936dc996020c1811b0f06fb5f", hex(sealed.data()));
    assertEquals("010000007fb38ec5c55d497600000000", hex(sealed.header()));
    NtlmStream other = NtlmStream.fromClient(key, true);
    assertArrayEquals(text, other.unseal(sealed.header(), sealed.data()));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
