package io.psconnect.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.winrm.HostContext.SealedMessage;
import io.psconnect.testkit.winrm.TokenClient.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NTLM with clients of other people's: GSS-NTLMSSP, bare and in MIT's SPNEGO, and ntlm_auth. */
class NtlmHostLoginTest {
  private static final String PASSWORD = "S\u00e9cret \ud83d\udd11";
  private static final byte[] CHANNEL = "tls-server-end-point:0123456789".getBytes(UTF_8);
  private static final int MIC = 72;

  private static final NtlmHostLogin LOGIN =
      new NtlmHostLogin(
          Map.of("bob", PASSWORD.toCharArray(), "CORP\\Ann", "of CORP".toCharArray()));

  @TempDir private static Path folder;
  private static Map<String, String> environment;

  @BeforeAll
  static void requiresTheClients() throws IOException {
    Python.requires(Python.GSSAPI, Python.GSS_NTLMSSP, Python.NTLM_AUTH);
    environment = Python.withMd4(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntlm", "spnego-ntlm", "ntlm-auth"})
  void aClientLogsInAndEitherSideOpensWhatTheOtherSeals(String mechanism) throws Exception {
    try (TokenClient client = client(mechanism, "WHATEVER\\Bob", PASSWORD);
        HostContext host = LOGIN.allowNoMic().begin(Optional.empty())) {
      client.logIn(host);
      assertEquals("WHATEVER\\Bob", host.user());
      assertFalse(host.isBound());
      for (String text : List.of("first", "\u65e5".repeat(50_000), "x")) {
        checkSealing(client, host, text.getBytes(UTF_8));
      }
    }
  }

  /** GSS-NTLMSSP takes no message that is empty. */
  @Test
  void anEmptyMessageIsSealedLikeAnother() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      client.logIn(host);
      checkSealing(client, host, new byte[0]);
      checkSealing(client, host, new byte[] {1});
    }
  }

  private static void checkSealing(TokenClient client, HostContext host, byte[] message)
      throws Exception {
    SealedMessage sealed = client.seal(message);
    assertEquals(16, sealed.header().length);
    assertArrayEquals(message, host.unseal(sealed.header(), sealed.data()));
    SealedMessage answer = host.seal(message);
    assertEquals(16, answer.header().length);
    assertEquals(message.length, answer.data().length);
    assertArrayEquals(message, client.unseal(answer));
  }

  @Test
  void aDomainsUserIsAnotherThanTheHostsOwn() throws Exception {
    try (TokenClient client = client("ntlm-auth", "corp\\ann", "of CORP");
        HostContext host = LOGIN.begin(Optional.empty())) {
      client.logIn(host);
      assertEquals("corp\\ann", host.user());
    }
    assertRefused("There is no user OTHER\\ann", "ntlm-auth", "OTHER\\ann", "of CORP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spnego-ntlm", "ntlm-auth"})
  void aWrongPasswordAndAnUnknownUserAreRefused(String mechanism) throws Exception {
    assertRefused("password of bob is wrong", mechanism, "X\\bob", "another");
    assertRefused("There is no user X\\nobody", mechanism, "X\\nobody", PASSWORD);
  }

  private static void assertRefused(String reason, String mechanism, String user, String password)
      throws IOException {
    try (TokenClient client = client(mechanism, user, password);
        HostContext host = LOGIN.begin(Optional.empty())) {
      refused(reason, () -> client.logIn(host));
      assertFalse(host.isEstablished());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntlm", "spnego-ntlm", "ntlm-auth"})
  void aClientIsBoundToItsChannel(String mechanism) throws Exception {
    NtlmHostLogin strict = LOGIN.allowNoMic().requireChannelBinding();
    try (TokenClient client = bound(mechanism, CHANNEL);
        HostContext host = strict.begin(Optional.of(CHANNEL))) {
      client.logIn(host);
      assertTrue(host.isBound());
    }
    try (TokenClient client = bound(mechanism, CHANNEL);
        HostContext host = strict.begin(Optional.of("tls-server-end-point:x".getBytes(UTF_8)))) {
      refused("bound to another channel", () -> client.logIn(host));
    }
    try (TokenClient client = client(mechanism, "X\\bob", PASSWORD);
        HostContext host = strict.begin(Optional.of(CHANNEL))) {
      refused("not bound to the TLS channel", () -> client.logIn(host));
    }
  }

  @Test
  void aClientThatIsBoundWhereNothingIsToBindToIsRefused() throws Exception {
    try (TokenClient client = bound("ntlm-auth", CHANNEL);
        HostContext host = LOGIN.begin(Optional.empty())) {
      refused("bound to another channel", () -> client.logIn(host));
    }
  }

  @Test
  void whereNoBindingIsRequiredItsLackIsNoReason() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.of(CHANNEL))) {
      client.logIn(host);
      assertFalse(host.isBound());
    }
  }

  /** GSS-NTLMSSP sends a MIC within SPNEGO alone. */
  @Test
  void aClientThatSendsNoMicIsRefusedUnlessAllowed() throws Exception {
    try (TokenClient client = client("ntlm", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      refused("no MIC", () -> client.logIn(host));
    }
  }

  @Test
  void aChangedMessageIsSeenByTheMic() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      byte[] answer = client.step(host.accept(client.step(new byte[0])));
      answer[MIC] ^= 1;
      refused("The MIC does not fit", () -> host.accept(answer));
      answer[MIC] ^= 1;
      refused("This login is over", () -> host.accept(answer));
    }
  }

  @Test
  void aChangedFirstMessageIsSeenByTheMic() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      byte[] first = client.step(new byte[0]);
      first[15] &= 0x7f; // the offer of 56 bits
      byte[] answer = client.step(host.accept(first));
      refused("The MIC does not fit", () -> host.accept(answer));
    }
  }

  /** The list of mechanisms, of which somebody has made another one on the way. */
  @Test
  void aChangedListOfMechanismsIsSeenBySpnegosMic() throws Exception {
    try (TokenClient client = client("spnego-ntlm", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      byte[] answer = client.step(host.accept(client.step(new byte[0])));
      answer[answer.length - 5] ^= 1; // within the mechListMIC, which stands last
      refused("signature of the client's message does not fit", () -> host.accept(answer));
      assertFalse(host.isEstablished());
    }
  }

  @Test
  void aMessageSentAgainAndOneChangedOnTheWayAreRefused() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      client.logIn(host);
      SealedMessage sealed = client.seal("once".getBytes(UTF_8));
      host.unseal(sealed.header(), sealed.data());
      refused("sequence number 0, and 1", () -> host.unseal(sealed.header(), sealed.data()));
      SealedMessage next = client.seal("changed".getBytes(UTF_8));
      next.data()[0] ^= 1;
      refused("does not fit", () -> host.unseal(next.header(), next.data()));
    }
  }

  @Test
  void aSignatureThatIsCutOffIsRefused() throws Exception {
    try (TokenClient client = client("ntlm-auth", "X\\bob", PASSWORD);
        HostContext host = LOGIN.begin(Optional.empty())) {
      refused("before it has logged in", () -> host.unseal(new byte[16], new byte[1]));
      client.logIn(host);
      refused("has 16 bytes, and this one 15", () -> host.unseal(new byte[15], new byte[1]));
    }
  }

  private static TokenClient client(String mechanism, String user, String password)
      throws IOException {
    return TokenClient.start(Login.of(mechanism, user, password), environment);
  }

  private static TokenClient bound(String mechanism, byte[] channel) throws IOException {
    return TokenClient.start(Login.of(mechanism, "X\\bob", PASSWORD).bound(channel), environment);
  }

  private static void refused(String reason, Executable attempt) {
    String message = assertThrows(RefusedLogin.class, attempt).getMessage();
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains(PASSWORD), message);
  }
}
