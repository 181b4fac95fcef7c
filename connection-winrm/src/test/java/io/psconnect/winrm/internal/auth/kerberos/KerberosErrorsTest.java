package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.SecurityContext;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told if MIT's KDC, or a file, is not as it should be. */
@RequiresProgram({"krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
class KerberosErrorsTest {
  private static final String PASSWORD = "S3cret-of-carol";
  private static final Optional<byte[]> PLAIN = Optional.empty();
  private static final Optional<byte[]> TLS =
      Optional.of("tls-server-end-point:0".getBytes(StandardCharsets.US_ASCII));

  private static RealKdc kdc;

  @TempDir Path folder;

  @BeforeAll
  static void thereIsAKdc() throws IOException {
    kdc = RealKdc.shared();
    kdc.addUser("carol", PASSWORD);
    kdc.keytab("HTTP/carols-host");
  }

  private static KerberosUser settings() {
    return KerberosUser.of("carols-host", kdc.krb5Conf());
  }

  private static KerberosUser carol(String password) {
    return settings().user("carol").password(password);
  }

  @Test
  void ofAWrongPassword() {
    assertTells(carol("S3cret-of-mallory"), "no ticket for carol", "password or key is wrong");
  }

  @Test
  void ofAnUnknownUser() {
    assertTells(
        settings().user("nobody@PSCONNECT.TEST").password(PASSWORD),
        "no ticket for nobody@PSCONNECT.TEST",
        "does not know the user");
  }

  @Test
  void ofARealmThatNobodyKnows() {
    assertTells(
        settings().user("carol@NOWHERE.TEST").password(PASSWORD),
        "no ticket for carol@NOWHERE.TEST",
        "no KDC of such a realm is known");
  }

  @Test
  void ofAKdcThatDoesNotAnswer() {
    assertTells(
        settings().user("carol@DOWN.TEST").password(PASSWORD),
        "no ticket for carol@DOWN.TEST",
        "the KDC does not answer");
  }

  @Test
  void ofAHostThatTheKdcDoesNotKnow() {
    assertTells(
        carol(PASSWORD).spn("HTTP/strange"),
        "no login to HTTP/strange",
        "the KDC knows no principal (SPN) HTTP/strange");
  }

  @Test
  void ofACredentialCacheThatIsNotThere() {
    Path none = folder.resolve("none");
    assertTells(settings().ccache(none), none.toString(), "cannot be read", "kinit -c");
  }

  @Test
  void ofACredentialCacheThatIsNone() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken"), "not a cache");
    assertTells(settings().ccache(broken), broken.toString(), "kinit -c");
  }

  @Test
  void ofATicketThatHasExpired() throws Exception {
    Path cache = kdc.ccache("carol", "-l", "1s");
    while (isValid(cache)) {
      Thread.onSpinWait();
    }
    assertTells(settings().ccache(cache), cache.toString(), "has expired at", "kinit -c");
  }

  private static boolean isValid(Path cache) throws Exception {
    ProcessBuilder klist = new ProcessBuilder("klist", "-s", "-c", cache.toString());
    klist.environment().putAll(kdc.environment());
    return klist.start().waitFor() == 0;
  }

  @Test
  void ofACacheOfSomebodyElse() throws IOException {
    Path cache = kdc.ccache("carol");
    assertTells(
        settings().user("dave").ccache(cache), "no ticket for dave", cache.toString(), "kinit -c");
  }

  @Test
  void ofAKeytabThatIsNotThere() {
    Path none = folder.resolve("none");
    assertTells(settings().user("carol").keytab(none), none.toString(), "cannot be read");
  }

  @Test
  void ofAKeytabWithoutTheUsersKey() throws IOException {
    Path keytab = kdc.keytab("HTTP/carols-host");
    assertTells(
        settings().user("carol").keytab(keytab),
        "no ticket for carol",
        keytab.toString(),
        "no usable key",
        "klist");
  }

  @Test
  void ofAConfigurationThatIsNotThere() {
    Path none = folder.resolve("none.conf");
    assertTells(carol(PASSWORD).krb5Conf(none), none.toString(), "cannot be read");
  }

  @Test
  void ofATicketThatCannotBeDelegated() throws IOException {
    assertTells(
        settings().ccache(kdc.ccache("carol", "-F")).delegation(),
        "cannot be delegated",
        "kinit -f");
  }

  @Test
  void theWordsOfAnErrorAreForPeople() {
    String told = told(carol("S3cret-of-mallory").build(), PLAIN);
    assertEquals(
        "Kerberos: no ticket for carol: the password or key is wrong; correct it"
            + " (Pre-authentication information was invalid (24))",
        told.replace(" - PREAUTH_FAILED", ""));
  }

  @Test
  void ofALoginThatWasClosed() {
    KerberosLogin login = new KerberosLogin(carol(PASSWORD).build());
    login.close();
    login.close();
    LoginException told = assertThrows(LoginException.class, () -> login.begin(PLAIN));
    assertTrue(told.getMessage().contains("closed"), told.getMessage());
  }

  @Test
  void closingWipesThePasswordAndTheTickets() throws Exception {
    KerberosSettings settings = carol(PASSWORD).build();
    char[] kept = ((KerberosSettings.Password) settings.secret()).characters();
    KerberosLogin login = new KerberosLogin(settings);
    SecurityContext context = login.begin(PLAIN);
    login.close();
    assertTrue(IntStream.range(0, kept.length).allMatch(at -> kept[at] == 0));
    assertThrows(LoginException.class, () -> context.next(new byte[0]));
  }

  private static void assertTells(KerberosUser settings, String... words) {
    for (Optional<byte[]> binding : List.of(PLAIN, TLS)) {
      String told = told(settings.build(), binding);
      for (String word : words) {
        assertTrue(told.contains(word), told);
      }
      assertFalse(told.contains("S3cret"), told);
    }
  }

  private static String told(KerberosSettings settings, Optional<byte[]> binding) {
    try (KerberosLogin login = new KerberosLogin(settings)) {
      LoginException told =
          assertThrows(
              LoginException.class,
              () -> {
                try (SecurityContext context = login.begin(binding)) {
                  context.next(new byte[0]);
                }
              });
      return told.getMessage();
    }
  }
}
