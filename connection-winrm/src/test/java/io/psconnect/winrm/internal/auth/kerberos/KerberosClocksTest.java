package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.LoginProblem;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.peers.FakeTime;
import io.psconnect.winrm.internal.peers.Python;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MIT's KDC, or MIT's GSSAPI as the host, has another clock than we have. */
@RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit", "faketime"})
class KerberosClocksTest {
  private static final String PASSWORD = "S3cret-of-erin";
  private static final Optional<byte[]> PLAIN = Optional.empty();
  private static final Optional<byte[]> TLS =
      Optional.of("tls-server-end-point:0".getBytes(StandardCharsets.US_ASCII));

  private static KerberosUser settings(RealKdc kdc) {
    return KerberosUser.of("erins-host", kdc.krb5Conf());
  }

  private static RealKdc kdcAhead(int hours) throws IOException {
    RealKdc kdc = RealKdc.ahead(Duration.ofHours(hours));
    kdc.addUser("erin", PASSWORD);
    kdc.keytab("HTTP/erins-host");
    return kdc;
  }

  /** With proof of the password, without it (the keytab's user), and with a ticket. */
  @ParameterizedTest
  @ValueSource(ints = {3, -3})
  void aKdcWithAnotherClockGivesNoTicket(int hours) throws Exception {
    try (RealKdc kdc = kdcAhead(hours)) {
      for (KerberosUser settings :
          List.of(
              settings(kdc).user("erin").password(PASSWORD),
              settings(kdc).user("frank").keytab(kdc.keytab("frank")),
              settings(kdc).ccache(kdc.ccache("erin")))) {
        for (Optional<byte[]> binding : List.of(PLAIN, TLS)) {
          LoginException told = told(settings.build(), binding);
          assertEquals(LoginProblem.CLOCK, told.problem(), told.getMessage());
          assertContains("the KDC's says another time", told);
        }
      }
    }
  }

  /** The KDC's three hours ago are ours: a ticket of one hour is over. */
  @Test
  void aTicketThatHasExpiredSaysWhen() throws Exception {
    try (RealKdc kdc = kdcAhead(-3)) {
      Path cache = kdc.ccache("erin", "-l", "1h");
      for (KerberosUser settings :
          List.of(
              settings(kdc),
              settings(kdc).user("erin"),
              settings(kdc).user("erin@" + kdc.realm()))) {
        LoginException told = told(settings.ccache(cache).build(), PLAIN);
        assertEquals(LoginProblem.CREDENTIALS, told.problem(), told.getMessage());
        assertContains("the ticket of erin@PSCONNECT.TEST in the credential cache " + cache, told);
        assertContains("kinit -c", told);
        assertIsNear(Instant.now().minus(Duration.ofHours(2)), "has expired at (\\S+)", told);
      }
    }
  }

  private static void assertIsNear(Instant expected, String pattern, LoginException told) {
    Matcher time = Pattern.compile(pattern).matcher(told.getMessage());
    assertTrue(time.find(), told.getMessage());
    Duration off = Duration.between(expected, Instant.parse(time.group(1))).abs();
    assertTrue(off.compareTo(Duration.ofMinutes(2)) < 0, told.getMessage());
  }

  /** Two days ahead the host thinks that the ticket has expired, which is not to be believed. */
  @ParameterizedTest
  @ValueSource(ints = {3, -3, 48, -48})
  void aHostWithAnotherClockSaysWhatItIs(int hours) throws Exception {
    Python.require("gssapi");
    RealKdc kdc = RealKdc.shared();
    kdc.addUser("erin", PASSWORD);
    Path keytab = kdc.keytab("HTTP/erins-host");
    Duration by = Duration.ofHours(hours);
    KerberosSettings settings = settings(kdc).user("erin").password(PASSWORD).build();
    try (KerberosLogin login = new KerberosLogin(settings);
        Acceptor host = Acceptor.start(kdc, keytab, FakeTime.ahead(by))) {
      for (Optional<byte[]> binding : List.of(PLAIN, TLS)) {
        LoginException told = refused(login, binding, host);
        assertEquals(LoginProblem.CLOCK, told.problem(), told.getMessage());
        assertContains("HTTP/erins-host refuses the login: the clocks differ", told);
        assertIsNear(Instant.now().plus(by), "the host's says (\\S+),", told);
      }
    }
  }

  private static LoginException refused(
      KerberosLogin login, Optional<byte[]> binding, Acceptor host) throws Exception {
    try (SecurityContext context = login.begin(binding)) {
      byte[] token = context.next(new byte[0]);
      Acceptor.Refusal refusal = assertThrows(Acceptor.Refusal.class, () -> host.accept(token));
      return assertThrows(LoginException.class, () -> context.next(refusal.token()));
    }
  }

  private static void assertContains(String words, LoginException told) {
    assertTrue(told.getMessage().contains(words), told.getMessage());
  }

  private static LoginException told(KerberosSettings settings, Optional<byte[]> binding) {
    try (KerberosLogin login = new KerberosLogin(settings)) {
      return assertThrows(
          LoginException.class,
          () -> {
            try (SecurityContext context = login.begin(binding)) {
              context.next(new byte[0]);
            }
          });
    }
  }
}
