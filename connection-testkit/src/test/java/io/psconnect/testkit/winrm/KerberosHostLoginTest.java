package io.psconnect.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.HostContext.SealedMessage;
import io.psconnect.testkit.winrm.TokenClient.Login;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kerberos with a KDC and a client of MIT's. */
@RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
class KerberosHostLoginTest {
  private static final String PROPERTY = "java.security.krb5.conf";
  private static final String USER = "alice@" + MitRealm.NAME;
  private static final byte[] CHANNEL = "tls-server-end-point:0123456789".getBytes(UTF_8);

  @TempDir private static Path folder;
  private static MitRealm realm;
  private static String before;
  private static KerberosHostLogin aes256;
  private static KerberosHostLogin aes128;

  @BeforeAll
  static void startTheRealm() throws Exception {
    Python.requires(Python.GSSAPI);
    before = System.getProperty(PROPERTY);
    realm = MitRealm.start(folder);
    System.setProperty(PROPERTY, realm.configuration().toString());
    aes256 = service("HTTP/localhost", "aes256-cts-hmac-sha1-96:normal");
    aes128 = service("old/localhost", "aes128-cts-hmac-sha1-96:normal");
    realm.addUser("alice", "S3cret");
    realm.logIn("alice", "S3cret");
  }

  private static KerberosHostLogin service(String name, String keyTypes) throws Exception {
    Path keytab = realm.addService(name, keyTypes);
    return new KerberosHostLogin(keytab, name + "@" + MitRealm.NAME);
  }

  @AfterAll
  static void endTheRealm() {
    if (realm != null) {
      realm.close();
    }
    if (before == null) {
      System.clearProperty(PROPERTY);
    } else {
      System.setProperty(PROPERTY, before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "krb5, HTTP",
    "spnego-krb5, HTTP",
    "krb5, old",
    "spnego-krb5, old",
  })
  void aClientLogsInAndEitherSideOpensWhatTheOtherSeals(String mechanism, String service)
      throws Exception {
    KerberosHostLogin login = service.equals("old") ? aes128 : aes256;
    try (TokenClient client = client(mechanism, service, new byte[0]);
        HostContext host = login.begin(Optional.empty())) {
      client.logIn(host);
      assertTrue(client.isComplete());
      assertEquals(USER, host.user());
      assertFalse(host.isBound());
      for (String text : List.of("first", "\u65e5".repeat(50_000), "")) {
        checkSealing(client, host, text.getBytes(UTF_8));
      }
    }
  }

  private static void checkSealing(TokenClient client, HostContext host, byte[] message)
      throws Exception {
    SealedMessage sealed = client.seal(message);
    assertEquals(60, sealed.header().length);
    assertArrayEquals(message, host.unseal(sealed.header(), sealed.data()));
    SealedMessage answer = host.seal(message);
    assertEquals(60, answer.header().length);
    assertEquals(message.length, answer.data().length);
    assertArrayEquals(message, client.unseal(answer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"krb5", "spnego-krb5"})
  void negotiateTellsByTheTokenThatItIsKerberos(String mechanism) throws Exception {
    try (TokenClient client = client(mechanism, "HTTP", new byte[0]);
        HostContext host = both().begin(Optional.empty())) {
      client.logIn(host);
      assertEquals(USER, host.user());
    }
  }

  @Test
  void negotiateTellsByTheTokenThatItIsNtlm() throws Exception {
    Python.requires(Python.GSS_NTLMSSP);
    try (TokenClient client =
            TokenClient.start(Login.of("spnego-ntlm", "X\\bob", "S3cret"), Map.of());
        HostContext host = both().begin(Optional.empty())) {
      client.logIn(host);
      assertEquals("X\\bob", host.user());
    }
  }

  private static NegotiateHostLogin both() {
    NtlmHostLogin ntlm = new NtlmHostLogin(Map.of("bob", "S3cret".toCharArray()));
    return NegotiateHostLogin.of(aes256, ntlm);
  }

  @ParameterizedTest
  @CsvSource({"krb5, HTTP", "spnego-krb5, HTTP", "krb5, old"})
  void aClientIsBoundToItsChannel(String mechanism, String service) throws Exception {
    KerberosHostLogin login = service.equals("old") ? aes128 : aes256;
    KerberosHostLogin strict = login.requireChannelBinding();
    try (TokenClient client = client(mechanism, service, CHANNEL);
        HostContext host = strict.begin(Optional.of(CHANNEL))) {
      client.logIn(host);
      assertTrue(host.isBound());
    }
    try (TokenClient client = client(mechanism, service, CHANNEL);
        HostContext host = login.begin(Optional.of("tls-server-end-point:x".getBytes(UTF_8)))) {
      refused("bound to another channel", () -> client.logIn(host));
      assertFalse(host.isEstablished());
    }
    try (TokenClient client = client(mechanism, service, new byte[0]);
        HostContext host = strict.begin(Optional.of(CHANNEL))) {
      refused("not bound to the TLS channel", () -> client.logIn(host));
      assertFalse(host.isEstablished());
    }
  }

  @Test
  void whereNoBindingIsRequiredItsLackIsNoReason() throws Exception {
    try (TokenClient client = client("krb5", "HTTP", new byte[0]);
        HostContext host = aes256.begin(Optional.of(CHANNEL))) {
      client.logIn(host);
      assertFalse(host.isBound());
    }
  }

  @Test
  void aMessageSentAgainAndOneChangedOnTheWayAreRefused() throws Exception {
    try (TokenClient client = client("krb5", "HTTP", new byte[0]);
        HostContext host = aes256.begin(Optional.empty())) {
      client.logIn(host);
      SealedMessage sealed = client.seal("once".getBytes(UTF_8));
      host.unseal(sealed.header(), sealed.data());
      refused("sent again", () -> host.unseal(sealed.header(), sealed.data()));
      SealedMessage next = client.seal("changed".getBytes(UTF_8));
      next.data()[0] ^= 1;
      refused("cannot be unsealed", () -> host.unseal(next.header(), next.data()));
    }
  }

  @Test
  void aHeaderOfAnotherLengthIsRefused() throws Exception {
    try (TokenClient client = client("krb5", "HTTP", new byte[0]);
        HostContext host = aes256.begin(Optional.empty())) {
      refused("before it has logged in", () -> host.unseal(new byte[60], new byte[1]));
      client.logIn(host);
      SealedMessage sealed = client.seal("text".getBytes(UTF_8));
      byte[] shorter = Arrays.copyOf(sealed.header(), 59);
      refused("rotated by 28 has 60 bytes", () -> host.unseal(shorter, sealed.data()));
      refused("none of RFC 4121", () -> host.unseal(new byte[60], sealed.data()));
    }
  }

  @Test
  void aTicketForAnotherServiceIsRefused() throws Exception {
    try (TokenClient client = client("krb5", "old", new byte[0]);
        HostContext host = aes256.begin(Optional.empty())) {
      refused("not accepted", () -> client.logIn(host));
      assertFalse(host.isEstablished());
    }
  }

  @Test
  void aTokenSentAgainIsRefused() throws Exception {
    try (TokenClient client = client("krb5", "HTTP", new byte[0]);
        HostContext host = aes256.begin(Optional.empty());
        HostContext other = aes256.begin(Optional.empty())) {
      byte[] token = client.step(new byte[0]);
      host.accept(token);
      refused("not accepted", () -> other.accept(token));
    }
  }

  @Test
  void noDamagedTokenIsLetInOrThrowsAnotherThing() throws Exception {
    Random random = new Random(6);
    try (TokenClient client = client("krb5", "HTTP", new byte[0])) {
      byte[] token = client.step(new byte[0]);
      for (int i = 0; i < 1_000; i++) {
        byte[] damaged = token.clone();
        damaged[random.nextInt(i % 2 == 0 ? 200 : token.length)] ^=
            (byte) (1 + random.nextInt(255));
        acceptOrRefuse(damaged);
      }
    }
  }

  /** A few places are not looked at, as the bits of an option; what counts is how it fails. */
  private static void acceptOrRefuse(byte[] token) {
    try (HostContext host = aes256.begin(Optional.empty())) {
      host.accept(token);
    } catch (RefusedLogin expected) {
      assertFalse(expected.getMessage().isEmpty());
    }
  }

  @Test
  void keysThatAreNotThereAreToldOf() {
    Path nothing = folder.resolve("nothing");
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> new KerberosHostLogin(nothing, "HTTP/x@Y"))
            .getMessage();
    assertTrue(message.contains("No keys of HTTP/x@Y"), message);
    assertTrue(message.contains(nothing.toString()), message);
  }

  private static TokenClient client(String mechanism, String service, byte[] channel)
      throws IOException {
    Login login = new Login(mechanism, "", "", service + "@localhost", channel);
    return TokenClient.start(login, realm.environment());
  }

  private static void refused(String reason, Executable attempt) {
    String message = assertThrows(RefusedLogin.class, attempt).getMessage();
    assertTrue(message.contains(reason), message);
  }
}
