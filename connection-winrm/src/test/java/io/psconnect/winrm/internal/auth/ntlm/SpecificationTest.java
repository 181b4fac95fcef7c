package io.psconnect.winrm.internal.auth.ntlm;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples of MS-NLMP 4.2.1 and 4.2.4: NTLMv2 authentication. */
class SpecificationTest {
  private static final HexFormat HEX = HexFormat.of();

  /** 4.2.1: the common values. */
  private static final byte[] HOST_NONCE = HEX.parseHex("0123456789abcdef");

  private static final byte[] OWN_NONCE = filled(8, 0xAA);
  private static final byte[] SESSION_KEY = filled(16, 0x55);
  private static final byte[] TIME = new byte[8];
  private static final byte[] PLAINTEXT = "Plaintext".getBytes(UTF_16LE);

  /** 4.2.4.3: the CHALLENGE_MESSAGE. */
  static final String CHALLENGE =
      "4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef"
          + "00000000000000002400240044000000060070170000000f"
          + "530065007200760065007200"
          + "02000c0044006f006d00610069006e00"
          + "01000c00530065007200760065007200"
          + "00000000";

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] responseKey() throws LoginException {
    try (NtHash hash = new NtHash("Password".toCharArray())) {
      return hash.responseKey("Domain", "User");
    }
  }

  private static ChallengeResponse response() throws LoginException {
    ChallengeMessage challenge = ChallengeMessage.parse(HEX.parseHex(CHALLENGE));
    return ChallengeResponse.of(
        responseKey(), challenge.nonce(), OWN_NONCE, TIME, challenge.info());
  }

  private static void assertHex(String expected, byte[] actual) {
    assertEquals(expected, HEX.formatHex(actual));
  }

  @Test
  void theHashOfThePasswordIsThatOf4221() {
    assertHex("a4f49c406510bdcab6824ee7c30fd852", Md4.hash(NtHash.utf16("Password".toCharArray())));
  }

  @Test
  void theResponseKeyIsThatOf42411() throws LoginException {
    assertHex("0c868a403bfd7a93a3001ef22ef02e3f", responseKey());
  }

  @Test
  void theSessionBaseKeyIsThatOf42412() throws LoginException {
    assertHex("8de40ccadbc14a82f15cb0ad0de95ca3", response().sessionBaseKey());
  }

  @Test
  void theLmV2ResponseIsThatOf42421() throws LoginException {
    assertHex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa", response().lm());
  }

  @Test
  void theNtlmV2ResponseIsThatOf42422() throws LoginException {
    assertHex(
        "68cd0ab851e51c96aabc927bebef6a1c"
            + "01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000"
            + "02000c0044006f006d00610069006e00"
            + "01000c00530065007200760065007200"
            + "0000000000000000",
        response().nt());
  }

  @Test
  void theEncryptedSessionKeyIsThatOf42423() throws LoginException {
    assertHex(
        "c5dad2544fc9799094ce1ce90bc9d03e",
        Algorithms.rc4(response().sessionBaseKey()).update(SESSION_KEY));
  }

  @Test
  void theChallengeOf4243IsRead() throws LoginException {
    ChallengeMessage challenge = ChallengeMessage.parse(HEX.parseHex(CHALLENGE));
    assertEquals(0xE28A8233, challenge.flags());
    assertArrayEquals(HOST_NONCE, challenge.nonce());
    assertArrayEquals("Domain".getBytes(UTF_16LE), challenge.info().get(2).orElseThrow());
    assertArrayEquals("Server".getBytes(UTF_16LE), challenge.info().get(1).orElseThrow());
  }

  @Test
  void theSigningAndSealingKeysAreThoseOf4244() throws LoginException {
    assertHex(
        "4788dc861b4782f35d43fd98fe1a2d39",
        Direction.key(SESSION_KEY, Direction.TO_HOST, "signing"));
    assertHex(
        "59f600973cc4960a25480a7c196e4c58",
        Direction.key(SESSION_KEY, Direction.TO_HOST, "sealing"));
  }

  @Test
  void theSealedMessageIsThatOf4244() throws LoginException {
    try (Direction toHost = new Direction(SESSION_KEY, Direction.TO_HOST)) {
      Sealed sealed = toHost.seal(PLAINTEXT);
      assertHex("54e50165bf1936dc996020c1811b0f06fb5f", sealed.data());
      assertHex("010000007fb38ec5c55d497600000000", sealed.header());
    }
  }
}
