package io.psconnect.winrm.faults;

import static io.psconnect.ScriptState.NOT_STARTED;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.LoginProblem;
import io.psconnect.Phase;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.peers.Python;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is not let in by Kerberos, with MIT's KDC: why, and that no script has started. */
@RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit", "faketime"})
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KerberosFaultsTest {
  private static final String KRB5_CONF = "java.security.krb5.conf";
  private static final String SPN = "HTTP/localhost";

  private RealKdc kdc;

  @BeforeEach
  void clocksAgree() throws IOException {
    use(RealKdc.shared());
  }

  /** The host finds the realm by this property, as the client does by its option. */
  private void use(RealKdc another) throws IOException {
    kdc = another;
    System.setProperty(KRB5_CONF, kdc.krb5Conf().toString());
    kdc.addUser(FaultyHost.USER, FaultyHost.PASSWORD);
    kdc.keytab(SPN);
  }

  @AfterEach
  void nothingIsLeft() {
    System.clearProperty(KRB5_CONF);
    Leaks.requireNone();
  }

  private FaultyHost host(FaultyHost.Offer offer) throws IOException {
    Path keytab = kdc.keytab(SPN);
    return FaultyHost.kerberos(host -> offer.to(host).kerberos(keytab, SPN + "@" + kdc.realm()));
  }

  private FaultyHost host() throws IOException {
    return host(host -> host);
  }

  private WinRmOptions.Builder options(WinRmOptions.Builder options) {
    return options.krb5Conf(kdc.krb5Conf()).spn(SPN);
  }

  /** Instead of the password. */
  private WinRmOptions.Builder withCache(FaultyHost faulty, Path cache) {
    return WinRmOptions.builder()
        .host(faulty.host.hostName())
        .port(faulty.host.port())
        .useHttp()
        .auth(WinRmAuth.KERBEROS)
        .ccache(cache)
        .krb5Conf(kdc.krb5Conf())
        .spn(SPN);
  }

  private static void refused(WinRmOptions.Builder options, LoginProblem problem, String... words)
      throws Exception {
    try (Connection connection = Connections.of(options.build())) {
      ConnectionException e = assertThrows(ConnectionException.class, connection::open);
      assertAll(
          () -> assertEquals(AuthenticationException.class, e.getClass(), e::toString),
          () -> assertEquals(NOT_STARTED, e.scriptState(), e::toString),
          () -> assertEquals(Phase.AUTHENTICATE, e.origin().phase(), e::toString),
          () -> assertFalse(e.getMessage().contains(FaultyHost.PASSWORD), e::getMessage));
      for (String word : words) {
        assertTrue(e.getMessage().contains(word), e::getMessage);
      }
      assertEquals(problem, ((AuthenticationException) e).problem(), e::toString);
    }
  }

  private static void requireNothingLeft(FaultyHost faulty) {
    faulty.requireNothingLeft();
    assertEquals(0, faulty.host.shells());
  }

  /** Without which the rest would show nothing. */
  @Test
  void rightTicketIsLetIn() throws Exception {
    try (FaultyHost faulty = host();
        Connection connection = Connections.of(options(faulty.options()).build())) {
      connection.open();
    }
  }

  @Test
  void principalThatTheKdcDoesNotKnowIsNamed() throws Exception {
    try (FaultyHost faulty = host()) {
      refused(
          options(faulty.options()).spn("HTTP/no-such-host"),
          LoginProblem.SPN,
          "no login to HTTP/no-such-host",
          "the KDC knows no principal (SPN) HTTP/no-such-host");
      requireNothingLeft(faulty);
    }
  }

  /** The KDC seals the ticket for another account, whose key the host has not. */
  @Test
  void principalOfAnotherAccountIsNamed() throws Exception {
    kdc.keytab("HTTP/other-host");
    try (FaultyHost http = host();
        FaultyHost https = host(WinRmHost.Builder::https)) {
      WinRmOptions.Builder secured =
          https.securedOptions().certificateFingerprint(https.host.fingerprint());
      for (WinRmOptions.Builder options : List.of(http.options(), secured)) {
        refused(
            options(options).spn("HTTP/other-host"),
            LoginProblem.SPN,
            "refused the login by Kerberos (HTTP 401)",
            "The KDC has given a ticket for HTTP/other-host",
            "Check that this principal (SPN) belongs to the account");
      }
      requireNothingLeft(http);
      requireNothingLeft(https);
    }
  }

  /** The JDK's client would wait for three seconds. */
  @Test
  void kdcThatIsSilentIsATimeout(@TempDir Path folder) throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        FaultyHost faulty = host()) {
      Path conf = Files.writeString(folder.resolve("krb5.conf"), conf(silent.getLocalPort()));
      System.setProperty(KRB5_CONF, conf.toString());
      WinRmOptions options =
          faulty.options().krb5Conf(conf).connectTimeout(Duration.ofMillis(500)).build();
      try (Connection connection = Connections.of(options)) {
        long start = System.nanoTime();
        ConnectionTimeoutException e =
            assertThrows(ConnectionTimeoutException.class, connection::open);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, took::toString);
        assertEquals(NOT_STARTED, e.scriptState(), e::toString);
        assertEquals(Phase.AUTHENTICATE, e.origin().phase(), e::toString);
        assertTrue(e.getMessage().contains("500 ms"), e::getMessage);
      }
      requireNothingLeft(faulty);
    }
  }

  private static String conf(int port) {
    return """
        [libdefaults]
          default_realm = PSCONNECT.TEST
          kdc_timeout = 3s
          max_retries = 1
        [realms]
          PSCONNECT.TEST = {
            kdc = 127.0.0.1:%d
          }
        """
        .formatted(port);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, -3})
  void clockOfTheKdcThatDiffersIsNamed(int hours) throws Exception {
    try (RealKdc wrong = RealKdc.ahead(Duration.ofHours(hours))) {
      use(wrong);
      try (FaultyHost faulty = host()) {
        String[] words = {"the clocks differ too much: the one here says 20", "set the wrong one"};
        refused(options(faulty.options()), LoginProblem.CLOCK, words);
        refused(withCache(faulty, kdc.ccache(FaultyHost.USER)), LoginProblem.CLOCK, words);
        requireNothingLeft(faulty);
      }
    }
  }

  @Test
  void ticketThatHasExpiredSaysWhen() throws Exception {
    try (RealKdc past = RealKdc.ahead(Duration.ofHours(-3))) {
      use(past);
      Path cache = kdc.ccache(FaultyHost.USER, "-l", "1h");
      try (FaultyHost faulty = host()) {
        refused(
            withCache(faulty, cache),
            LoginProblem.CREDENTIALS,
            "the ticket of admin@PSCONNECT.TEST in the credential cache " + cache,
            "has expired at 20",
            "kinit -c");
        requireNothingLeft(faulty);
      }
    }
  }

  /** Whether it says so in Kerberos' own words, or in HTTP's alone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clockOfTheHostThatDiffersIsNamed(boolean tells) throws Exception {
    Python.require("gssapi");
    try (MitHost host = MitHost.start(kdc, kdc.keytab(SPN), Duration.ofHours(3), tells)) {
      refused(
          options(
              WinRmOptions.builder()
                  .host("localhost")
                  .port(host.port())
                  .useHttp()
                  .auth(WinRmAuth.KERBEROS)
                  .username(FaultyHost.USER)
                  .password(FaultyHost.PASSWORD.toCharArray())),
          LoginProblem.CLOCK,
          "the clocks differ too much: the host's says 20",
          "set the wrong one right");
      assertEquals(1, host.refused());
    }
  }
}
