package io.psconnect.winrm.internal.auth.kerberos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerberosSettingsTest {
  private static final Path FILE = Path.of("file");

  private static KerberosSettings.Builder settings() {
    return KerberosSettings.forHost("build01.corp.example");
  }

  @Test
  void theHostsPrincipalIsThatOfHttpUnlessGiven() {
    assertEquals("HTTP/build01.corp.example", settings().ccache(FILE).build().spn());
    assertEquals("WSMAN/b", settings().ccache(FILE).spn("WSMAN/b").build().spn());
  }

  @Test
  void theRealmIsPartOfTheUserOrAnOptionOfItsOwn() {
    assertEquals(
        Optional.of("a@CORP.EXAMPLE"),
        settings().user("a").realm("corp.example").keytab(FILE).build().principal());
    assertRefused(settings().user("a@B").realm("C").keytab(FILE), "names a realm");
  }

  @Test
  void exactlyOneOfPasswordCacheAndKeytabIsNeeded() {
    assertRefused(settings().user("a"), "exactly one");
    assertRefused(settings().user("a").keytab(FILE).ccache(FILE), "exactly one");
  }

  @Test
  void onlyACacheKnowsItsUser() {
    assertRefused(settings().keytab(FILE), "needs the user");
    assertEquals(Optional.empty(), settings().ccache(FILE).build().principal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP", "HTTP/", "/b", "HTTP@b", "HTTP/b@", "HTTP/b c", "HTTP/b/c"})
  void aPrincipalOfAHostThatIsNoneIsRefused(String spn) {
    assertRefused(settings().ccache(FILE).spn(spn), "HTTP/host");
  }

  @Test
  void thePasswordIsCopiedAndNotPrinted() {
    char[] password = "S3cret".toCharArray();
    KerberosSettings settings = settings().user("a").password(password).build();
    password[0] = 'x';
    KerberosSettings.Password kept = (KerberosSettings.Password) settings.secret();
    assertEquals("S3cret", new String(kept.characters()));
    assertFalse((settings + " " + kept).contains("S3cret"));
  }

  private static void assertRefused(KerberosSettings.Builder settings, String why) {
    String told = assertThrows(IllegalArgumentException.class, settings::build).getMessage();
    assertTrue(told.contains(why), told);
  }
}
