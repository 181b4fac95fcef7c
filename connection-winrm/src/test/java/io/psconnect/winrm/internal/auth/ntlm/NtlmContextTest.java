package io.psconnect.winrm.internal.auth.ntlm;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a login says, by a reading of its messages; their effect is in {@link NtlmPeerTest}. */
class NtlmContextTest {
  private static final byte[] NOTHING = {};
  private static final int LM_AT = 12;
  private static final int NT_AT = 20;
  private static final int DOMAIN_AT = 28;
  private static final int USER_AT = 36;
  private static final int FLAGS_AT = 60;
  private static final int TIME_IN_RESPONSE = 24;
  private static final int INFO_IN_RESPONSE = 44;
  private static final byte[] END = new byte[4];

  private final NtlmLogin login = new NtlmLogin("Domain", "User", "Password".toCharArray());

  @AfterEach
  void wipe() {
    login.close();
  }

  private SecurityContext asked() throws LoginException {
    SecurityContext context = login.begin(Optional.empty());
    context.next(NOTHING);
    return context;
  }

  private byte[] answer(byte[] challenge) throws LoginException {
    return asked().next(challenge);
  }

  private static byte[] answer(NtlmLogin login, byte[] challenge) throws LoginException {
    SecurityContext context = login.begin(Optional.empty());
    context.next(NOTHING);
    return context.next(challenge);
  }

  private LoginException refused(byte[] challenge) throws LoginException {
    SecurityContext context = asked();
    LoginException e = assertThrows(LoginException.class, () -> context.next(challenge));
    assertFalse(context.isEstablished());
    return e;
  }

  private static byte[] field(byte[] message, int at) {
    ByteBuffer bytes = Challenge.littleEndian(message);
    int offset = bytes.getInt(at + 4);
    return Arrays.copyOfRange(message, offset, offset + bytes.getShort(at));
  }

  private static String text(byte[] message, int at) {
    return new String(field(message, at), UTF_16LE);
  }

  /** What the client says about the host, within its response. */
  private static TargetInfo info(byte[] message) throws LoginException {
    byte[] response = field(message, NT_AT);
    return TargetInfo.parse(
        Arrays.copyOfRange(response, INFO_IN_RESPONSE, response.length - END.length));
  }

  private static byte[] pair(int id, byte[] value) {
    ByteBuffer pair = Challenge.littleEndian(new byte[4 + value.length + END.length]);
    return pair.putShort((short) id).putShort((short) value.length).put(value).array();
  }

  @Test
  void theFirstMessageAsksForAStrongSessionAndNamesNobody() throws LoginException {
    byte[] message = login.begin(Optional.empty()).next(NOTHING);
    assertEquals(
        "4e544c4d53535000" // NTLMSSP
            + "01000000"
            + "358208e2" // the flags
            + "0000000028000000" // no domain
            + "0000000028000000" // no workstation
            + "0a0000000000000f",
        HexFormat.of().formatHex(message));
  }

  @Test
  void theSchemeIsNegotiate() throws LoginException {
    SecurityContext context = login.begin(Optional.empty());
    assertEquals("Negotiate", context.scheme());
    assertEquals("application/HTTP-SPNEGO-session-encrypted", context.sealedType());
  }

  @Test
  void theUserIsNamedAsGiven() throws LoginException {
    byte[] message = answer(Challenge.specified());
    assertEquals("Domain", text(message, DOMAIN_AT));
    assertEquals("User", text(message, USER_AT));
  }

  @Test
  void aUserMayBeNamedWithTheRealm() throws LoginException {
    try (NtlmLogin upn = new NtlmLogin("", "user@EXAMPLE.ORG", "Password".toCharArray())) {
      byte[] message = answer(upn, Challenge.specified());
      assertEquals("", text(message, DOMAIN_AT));
      assertEquals("user@EXAMPLE.ORG", text(message, USER_AT));
    }
  }

  @Test
  void whatWasAgreedIsWhatBothHaveOffered() throws LoginException {
    byte[] message = answer(Challenge.specified());
    assertEquals(0xE2888231, Challenge.littleEndian(message).getInt(FLAGS_AT));
  }

  @Test
  void theClientSaysThatThereIsAnIntegrityCode() throws LoginException {
    TargetInfo info = info(answer(Challenge.specified()));
    assertArrayEquals(new byte[] {2, 0, 0, 0}, info.get(TargetInfo.FLAGS).orElseThrow());
  }

  @Test
  void theHostsOwnFlagsStay() throws LoginException {
    byte[] flags = {1, 0, 0, 4};
    TargetInfo info = info(answer(Challenge.with(pair(TargetInfo.FLAGS, flags))));
    assertArrayEquals(new byte[] {3, 0, 0, 4}, info.get(TargetInfo.FLAGS).orElseThrow());
  }

  @Test
  void theHostsTimeIsTakenAndTheWeakerResponseIsNotGiven() throws LoginException {
    byte[] time = {1, 2, 3, 4, 5, 6, 7, 1};
    byte[] message = answer(Challenge.with(pair(TargetInfo.TIMESTAMP, time)));
    assertArrayEquals(new byte[24], field(message, LM_AT));
    byte[] response = field(message, NT_AT);
    assertArrayEquals(time, Arrays.copyOfRange(response, TIME_IN_RESPONSE, TIME_IN_RESPONSE + 8));
  }

  @Test
  void ourTimeIsTakenWhereTheHostGivesNone() throws LoginException {
    byte[] message = answer(Challenge.specified());
    long time = Challenge.littleEndian(field(message, NT_AT)).getLong(TIME_IN_RESPONSE);
    // 11644473600 seconds lie between 1601 and 1970 (MS-DTYP 2.3.3).
    Instant said = Instant.EPOCH.plusSeconds(time / 10_000_000 - 11_644_473_600L);
    assertTrue(Duration.between(said, Instant.now()).abs().toMinutes() < 5, said::toString);
  }

  @Test
  void withoutTlsTheChannelIsZeros() throws LoginException {
    TargetInfo info = info(answer(Challenge.specified()));
    assertArrayEquals(new byte[16], info.get(TargetInfo.CHANNEL_BINDINGS).orElseThrow());
  }

  @Test
  void whatTheHostSaysOfTheChannelAndTheTargetIsNotRepeated() throws LoginException {
    TargetInfo bound =
        info(
            answer(
                Challenge.with(pair(TargetInfo.CHANNEL_BINDINGS, "x".repeat(16).getBytes(UTF_8)))));
    assertArrayEquals(new byte[16], bound.get(TargetInfo.CHANNEL_BINDINGS).orElseThrow());
    TargetInfo named = info(answer(Challenge.with(pair(TargetInfo.TARGET_NAME, new byte[2]))));
    assertEquals(Optional.empty(), named.get(TargetInfo.TARGET_NAME));
  }

  @Test
  void theServiceIsNamedIfItIsKnown() throws LoginException {
    try (NtlmLogin named =
        new NtlmLogin("Domain", "User", "Password".toCharArray(), "HTTP/build01")) {
      TargetInfo info = info(answer(named, Challenge.specified()));
      assertEquals(
          "HTTP/build01", new String(info.get(TargetInfo.TARGET_NAME).orElseThrow(), UTF_16LE));
    }
  }

  @Test
  void aHostMaySayNothingAboutItself() throws LoginException {
    int flags = Challenge.flags() & ~Flag.TARGET_INFO.bit();
    byte[] short32 = Arrays.copyOf(Challenge.withFlags(flags), 32);
    assertEquals(Optional.empty(), info(answer(short32)).get(1));
    assertEquals(Optional.empty(), info(answer(Challenge.with(NOTHING))).get(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Flag.class,
      names = {"UNICODE", "EXTENDED_SESSION_SECURITY", "BITS_128", "KEY_EXCHANGE", "SIGN", "SEAL"})
  void aWeakSessionIsRefusedWithTheNameOfWhatIsMissing(Flag flag) throws LoginException {
    String words = refused(Challenge.withFlags(Challenge.flags() & ~flag.bit())).getMessage();
    assertTrue(words.contains(": " + flag.words() + ". Allow it"), words);
  }

  @Test
  void allThatIsMissingIsNamed() throws LoginException {
    String words = refused(Challenge.withFlags(0)).getMessage();
    assertTrue(
        words.contains(
            "Unicode, extended session security (NTLM2), 128 bit keys, key exchange, signing,"
                + " sealing"),
        words);
  }

  @ParameterizedTest
  @CsvSource({
    "'', has 0 bytes",
    "4e544c4d53535000, has 8 bytes",
    "00000000000000000000000000000000000000000000000000000000000000000000, begin with NTLMSSP",
    "4e544c4d535350000300000000000000000000000000000000000000000000000000, of type 3",
  })
  void whatIsNoChallengeIsRefused(String token, String words) throws LoginException {
    String message = refused(HexFormat.of().parseHex(token)).getMessage();
    assertTrue(message.contains(words), message);
  }

  @ParameterizedTest
  @CsvSource({
    "0200, without an end",
    "0200040041004100, without an end",
    "02000500410041, cut off",
    "02000200410002000200410000000000, twice",
    "070004000000000000000000, in 4 bytes",
    "06000200000000000000, in 2 bytes",
  })
  void damagedTargetInformationIsRefused(String info, String words) throws LoginException {
    String message = refused(Challenge.with(HexFormat.of().parseHex(info))).getMessage();
    assertTrue(message.contains(words), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 68 + 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void targetInformationBeyondTheEndIsRefused(int offset) throws LoginException {
    byte[] challenge = Challenge.specified();
    Challenge.littleEndian(challenge).putInt(Challenge.INFO_AT + 4, offset);
    String message = refused(challenge).getMessage();
    assertTrue(message.contains("beyond its end"), message);
  }

  @Test
  void moreTargetInformationThanAResponseCanHoldIsRefused() throws LoginException {
    String message = refused(Challenge.with(pair(1, new byte[40_000]))).getMessage();
    assertTrue(message.contains("40008 bytes of target information"), message);
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws LoginException {
    try (NtlmLogin longName = new NtlmLogin("", "u".repeat(40_000), new char[0])) {
      LoginException e =
          assertThrows(LoginException.class, () -> answer(longName, Challenge.specified()));
      assertTrue(e.getMessage().contains("too long"), e.getMessage());
    }
  }

  @Test
  void theHostMayNotBegin() throws LoginException {
    SecurityContext context = login.begin(Optional.empty());
    assertThrows(LoginException.class, () -> context.next(Challenge.specified()));
  }

  @Test
  void aSecondChallengeMeansThatTheFirstAnswerWasRefused() throws LoginException {
    SecurityContext context = asked();
    context.next(Challenge.specified());
    LoginException e =
        assertThrows(LoginException.class, () -> context.next(Challenge.specified()));
    assertTrue(e.getMessage().contains("refused the first"), e.getMessage());
  }

  @Test
  void theHostMayAddThatItIsContent() throws LoginException {
    SecurityContext context = asked();
    context.next(Challenge.specified());
    assertArrayEquals(NOTHING, context.next(NOTHING));
    assertArrayEquals(NOTHING, context.next(HexFormat.of().parseHex("a1073005a0030a0100")));
    assertTrue(context.isEstablished());
  }

  @Test
  void nothingIsSealedBeforeTheLogin() throws LoginException {
    SecurityContext context = asked();
    assertThrows(IllegalStateException.class, () -> context.seal(NOTHING));
  }

  @Test
  void nothingGoesOnAfterTheEnd() throws LoginException {
    SecurityContext context = asked();
    context.close();
    assertThrows(LoginException.class, () -> context.next(Challenge.specified()));
    assertThrows(LoginException.class, () -> context.seal(NOTHING));
  }

  @Test
  void aWipedLoginBeginsNoMore() {
    login.close();
    assertThrows(LoginException.class, () -> login.begin(Optional.empty()));
  }

  @Test
  void theCallersPasswordIsLeftAlone() {
    char[] password = "Password".toCharArray();
    new NtlmLogin("", "User", password).close();
    assertEquals("Password", new String(password));
  }

  @Test
  void noTextTellsTheSecret() throws LoginException {
    SecurityContext context = asked();
    assertFalse((login + " " + context).contains("Password"));
    assertFalse(refused(Challenge.withFlags(0)).getMessage().contains("Password"));
  }
}
