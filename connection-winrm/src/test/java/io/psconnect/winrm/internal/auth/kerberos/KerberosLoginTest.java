package io.psconnect.winrm.internal.auth.kerberos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.peers.Python;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against MIT's KDC, with MIT's GSSAPI as the host. */
@RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
class KerberosLoginTest {
  private static final String PASSWORD = "S3cret-of-alice";
  private static final byte[] BINDING = "tls-server-end-point:0123456789abcdef".getBytes(UTF_8);

  private static RealKdc kdc;
  private static Path hostKeytab;

  @BeforeAll
  static void thereIsAKdc() throws IOException {
    Python.require("gssapi");
    kdc = RealKdc.shared();
    kdc.addUser("alice", PASSWORD);
    hostKeytab = kdc.keytab("HTTP/localhost");
  }

  private static KerberosUser settings() {
    return KerberosUser.of("localhost", kdc.krb5Conf());
  }

  private static KerberosUser alice() {
    return settings().user("alice@PSCONNECT.TEST").password(PASSWORD);
  }

  @Test
  void aPasswordLogsIn() throws Exception {
    assertEquals("alice@PSCONNECT.TEST", userOf(alice()));
  }

  @Test
  void aUserWithoutARealmIsOfTheDefaultOne() throws Exception {
    assertEquals("alice@PSCONNECT.TEST", userOf(settings().user("alice").password(PASSWORD)));
  }

  @Test
  void aCredentialCacheLogsItsUserIn() throws Exception {
    assertEquals("alice@PSCONNECT.TEST", userOf(settings().ccache(kdc.ccache("alice"))));
  }

  @Test
  void aKeytabLogsIn() throws Exception {
    assertEquals(
        "alice@PSCONNECT.TEST", userOf(settings().user("alice").keytab(kdc.keytab("alice"))));
  }

  @Test
  void thePrincipalOfTheHostMayBeGiven() throws Exception {
    assertEquals("alice@PSCONNECT.TEST", userOf(alice().spn("HTTP/localhost@PSCONNECT.TEST")));
  }

  private static String userOf(KerberosUser settings) throws Exception {
    try (KerberosLogin login = new KerberosLogin(settings.build());
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        SecurityContext context = login.begin(Optional.empty())) {
      Acceptor.Accepted accepted = establish(context, host);
      assertFalse(accepted.delegated());
      return accepted.user();
    }
  }

  private static Acceptor.Accepted establish(SecurityContext context, Acceptor host)
      throws Exception {
    Acceptor.Accepted accepted = host.accept(context.next(new byte[0]));
    assertFalse(context.isEstablished(), "before the host has proved who it is");
    assertEquals(0, context.next(accepted.token()).length);
    assertTrue(context.isEstablished());
    return accepted;
  }

  @Test
  void theHostGetsADelegatedTicketIfThatIsWanted() throws Exception {
    try (KerberosLogin login = new KerberosLogin(alice().delegation().build());
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        Acceptor boundHost = Acceptor.start(kdc, hostKeytab)) {
      assertTrue(establish(login.begin(Optional.empty()), host).delegated());
      assertTrue(establish(login.begin(Optional.of(BINDING)), boundHost).delegated());
    }
  }

  @Test
  void oneLoginServesManyConnections() throws Exception {
    try (KerberosLogin login = new KerberosLogin(alice().build());
        Acceptor one = Acceptor.start(kdc, hostKeytab);
        Acceptor other = Acceptor.start(kdc, hostKeytab);
        SecurityContext first = login.begin(Optional.empty());
        SecurityContext second = login.begin(Optional.empty())) {
      establish(first, one);
      establish(second, other);
      assertArrayEquals(text("a"), one.unwrap(first.seal(text("a"))));
      assertArrayEquals(text("b"), other.unwrap(second.seal(text("b"))));
      assertThrows(IOException.class, () -> other.unwrap(first.seal(text("c"))));
    }
  }

  @Test
  void sealedMessagesAreSplitAsWindowsWantsThem() throws Exception {
    try (Established peers = new Established()) {
      for (int length : new int[] {0, 1, 15, 16, 17, 1000, 100_000}) {
        byte[] message = text("x".repeat(length));
        Sealed sealed = peers.context.seal(message);
        assertEquals(60, sealed.header().length);
        assertEquals(length, sealed.data().length);
        assertArrayEquals(message, peers.host.unwrap(sealed));
      }
    }
  }

  @Test
  void messagesOfTheHostsAreOpened() throws Exception {
    try (Established peers = new Established()) {
      for (int length : new int[] {0, 1, 15, 16, 17, 1000, 100_000}) {
        byte[] message = text("y".repeat(length));
        Sealed sealed = peers.host.wrap(message);
        assertEquals(60, sealed.header().length);
        assertArrayEquals(message, peers.context.unseal(sealed));
      }
    }
  }

  /** RFC 8009: other lengths of the HMAC, and other derived keys. */
  @ParameterizedTest
  @CsvSource({"aes128-sha1, 60", "aes128-sha2, 64", "aes256-sha2, 72"})
  void theOtherCiphersOfAesSealAndOpen(String cipher, int headerLength) throws Exception {
    Path keytab = kdc.keytab("HTTP/" + cipher, cipher);
    try (KerberosLogin login = new KerberosLogin(alice().spn("HTTP/" + cipher).build());
        Acceptor host = Acceptor.start(kdc, keytab);
        SecurityContext context = login.begin(NONE)) {
      establish(context, host);
      for (int length : new int[] {0, 1, 16, 1000}) {
        byte[] message = text("x".repeat(length));
        Sealed sealed = context.seal(message);
        assertEquals(headerLength, sealed.header().length);
        assertArrayEquals(message, host.unwrap(sealed));
        assertArrayEquals(message, context.unseal(host.wrap(message)));
      }
    }
  }

  @Test
  void aReplayedMessageIsRefused() throws Exception {
    try (Established peers = new Established()) {
      Sealed sealed = peers.host.wrap(text("again"));
      peers.context.unseal(sealed);
      assertTrue(refusal(peers, sealed).contains("replays"));
    }
  }

  @Test
  void aMissingMessageIsNoticed() throws Exception {
    try (Established peers = new Established()) {
      peers.host.wrap(text("lost"));
      assertTrue(refusal(peers, peers.host.wrap(text("next"))).contains("missing"));
    }
  }

  @Test
  void aChangedMessageIsRefusedWhereverItWasChanged() throws Exception {
    try (Established peers = new Established()) {
      Sealed sealed = peers.host.wrap(text("pay 10"));
      for (int at = 0; at < sealed.header().length; at++) {
        if (!LEFT_BY_JGSS.contains(at)) {
          refusal(peers, changed(sealed, at));
        }
      }
      byte[] data = sealed.data().clone();
      data[0] ^= 1;
      refusal(peers, new Sealed(sealed.header(), data));
      assertArrayEquals(text("pay 10"), peers.context.unseal(sealed));
    }
  }

  /** A flag, EC and the sequence number. */
  private static final Set<Integer> LEFT_BY_JGSS = Set.of(2, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15);

  @Test
  void aHeaderThatIsNotTheOneThatWasSealedIsRefusedThoughJgssDoesNotLook() throws Exception {
    try (Established peers = new Established()) {
      Sealed sealed = peers.host.wrap(text("pay 10"));
      for (int at : LEFT_BY_JGSS) {
        String refusal = refusal(peers, changed(sealed, at));
        assertTrue(refusal.contains("header is not the one"), at + ": " + refusal);
      }
    }
  }

  @Test
  void anOldMessageWithTheNextNumberIsRefused() throws Exception {
    try (Established peers = new Established()) {
      Sealed sealed = peers.host.wrap(text("again"));
      peers.context.unseal(sealed);
      int number = ByteBuffer.wrap(sealed.header()).getInt(12);
      ByteBuffer.wrap(sealed.header()).putInt(12, number + 1);
      assertTrue(refusal(peers, sealed).contains("header is not the one"));
    }
  }

  private static Sealed changed(Sealed sealed, int at) {
    byte[] header = sealed.header().clone();
    header[at] ^= 0x10;
    return new Sealed(header, sealed.data());
  }

  @Test
  void aCutMessageIsRefusedWhereverItWasCut() throws Exception {
    try (Established peers = new Established()) {
      Sealed sealed = peers.host.wrap(text("pay 10"));
      for (int length = 0; length < sealed.header().length; length++) {
        byte[] header = Arrays.copyOf(sealed.header(), length);
        refusal(peers, new Sealed(header, new byte[0]));
      }
    }
  }

  @Test
  void aMessageThatIsOnlySignedIsRefused() throws Exception {
    try (Established peers = new Established()) {
      assertTrue(refusal(peers, peers.host.sign(text("for all to read"))).contains("encrypted"));
    }
  }

  @Test
  void ourOwnMessageSentBackIsRefused() throws Exception {
    try (Established peers = new Established()) {
      refusal(peers, peers.context.seal(text("echo")));
    }
  }

  private static String refusal(Established peers, Sealed sealed) {
    return assertThrows(LoginException.class, () -> peers.context.unseal(sealed)).getMessage();
  }

  @Test
  void theWordsInTheHeadersAreThoseOfKerberosAlone() throws Exception {
    try (Established peers = new Established()) {
      assertEquals("Kerberos", peers.context.scheme());
      assertEquals("application/HTTP-Kerberos-session-encrypted", peers.context.sealedType());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 60})
  void aHostWithoutProofIsRefused(int length) throws Exception {
    for (Optional<byte[]> binding : List.of(Optional.of(BINDING), NONE)) {
      try (KerberosLogin login = new KerberosLogin(alice().build());
          SecurityContext context = login.begin(binding)) {
        context.next(new byte[0]);
        LoginException refusal =
            assertThrows(LoginException.class, () -> context.next(new byte[length]));
        assertTrue(refusal.getMessage().contains("did not prove"), refusal.getMessage());
        assertFalse(context.isEstablished());
      }
    }
  }

  private static final Optional<byte[]> NONE = Optional.empty();

  @Test
  void aHostThatCannotReadTheTicketIsTold() throws Exception {
    Path foreign = kdc.keytab("HTTP/foreign");
    for (Optional<byte[]> binding : List.of(Optional.of(BINDING), NONE)) {
      try (KerberosLogin login = new KerberosLogin(alice().build());
          Acceptor host = Acceptor.start(kdc, foreign);
          SecurityContext context = login.begin(binding)) {
        byte[] token = context.next(new byte[0]);
        Acceptor.Refusal refusal = assertThrows(Acceptor.Refusal.class, () -> host.accept(token));
        String told =
            assertThrows(LoginException.class, () -> context.next(refusal.token())).getMessage();
        assertTrue(told.contains("could not read the ticket"), told);
      }
    }
  }

  @Test
  void theProofOfAnotherLoginIsRefused() throws Exception {
    try (KerberosLogin login = new KerberosLogin(alice().build());
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        SecurityContext one = login.begin(Optional.empty());
        SecurityContext other = login.begin(Optional.empty())) {
      byte[] proof = host.accept(one.next(new byte[0])).token();
      other.next(new byte[0]);
      assertThrows(LoginException.class, () -> other.next(proof));
    }
  }

  @Test
  void aTokenAfterTheLastIsRefused() throws Exception {
    try (Established peers = new Established()) {
      assertEquals(0, peers.context.next(new byte[0]).length);
      assertThrows(LoginException.class, () -> peers.context.next(new byte[5]));
    }
  }

  @Test
  void theBindingToTheChannelIsTheOneThatMitComputes() throws Exception {
    try (KerberosLogin login = new KerberosLogin(alice().build());
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        SecurityContext context = login.begin(Optional.of(BINDING))) {
      Acceptor.Accepted accepted = host.accept(context.next(new byte[0]), BINDING);
      assertTrue(accepted.bound());
      assertEquals(0, context.next(accepted.token()).length);
      assertTrue(context.isEstablished());
    }
  }

  @Test
  void aPrincipalWithItsRealmLogsInWithoutABinding() throws Exception {
    KerberosSettings settings = alice().spn("HTTP/localhost@PSCONNECT.TEST").build();
    try (KerberosLogin login = new KerberosLogin(settings);
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        SecurityContext context = login.begin(Optional.of(BINDING))) {
      assertFalse(host.accept(context.next(new byte[0]), BINDING).bound());
    }
  }

  @Test
  void aBindingToAnotherChannelIsRefusedByTheHost() throws Exception {
    byte[] other = "tls-server-end-point:ffffffffffffffff".getBytes(UTF_8);
    try (KerberosLogin login = new KerberosLogin(alice().build());
        Acceptor host = Acceptor.start(kdc, hostKeytab);
        SecurityContext context = login.begin(Optional.of(BINDING))) {
      byte[] token = context.next(new byte[0]);
      IOException refusal = assertThrows(Acceptor.Refusal.class, () -> host.accept(token, other));
      assertTrue(refusal.getMessage().contains("BadChannelBindings"), refusal.getMessage());
    }
  }

  @Test
  void nothingIsSealedOverTls() throws Exception {
    try (KerberosLogin login = new KerberosLogin(alice().build());
        SecurityContext context = login.begin(Optional.of(BINDING))) {
      assertThrows(LoginException.class, () -> context.seal(new byte[1]));
      assertThrows(LoginException.class, () -> context.unseal(new Sealed(new byte[60], NOTHING)));
    }
  }

  private static final byte[] NOTHING = {};

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  /** A login that is complete. */
  private static final class Established implements AutoCloseable {
    private final KerberosLogin login = new KerberosLogin(alice().build());
    private final Acceptor host = Acceptor.start(kdc, hostKeytab);
    private final SecurityContext context = login.begin(Optional.empty());

    Established() throws Exception {
      establish(context, host);
    }

    @Override
    public void close() throws IOException {
      context.close();
      login.close();
      host.close();
    }
  }
}
