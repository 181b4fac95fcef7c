package io.psconnect.winrm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LoginsTest {
  private static final Path FILE = Path.of("file");

  private static WinRmOptions.Builder options() {
    return WinRmOptions.builder().host("build01.corp.example").auth(WinRmAuth.KERBEROS);
  }

  private static KerberosSettings kerberos(WinRmOptions.Builder options) {
    return new Logins(options.build()).kerberos();
  }

  @Test
  void aRealmOfItsOwnIsWrittenInCapitals() {
    assertEquals(
        Optional.of("a@CORP.EXAMPLE"),
        kerberos(options().username("a").realm("corp.example").keytab(FILE)).principal());
    assertEquals(
        Optional.of("a@corp.example"),
        kerberos(options().username("a@corp.example").keytab(FILE)).principal());
  }

  @Test
  void aCacheKnowsItsUser() {
    KerberosSettings settings = kerberos(options().ccache(FILE));
    assertEquals(Optional.empty(), settings.principal());
    assertEquals(new KerberosSettings.Cache(FILE), settings.secret());
    assertEquals("HTTP/build01.corp.example", settings.spn());
  }

  @Test
  void thePasswordIsACopyAndNotPrinted() {
    WinRmOptions options =
        options().username("a").password("S3cret".toCharArray()).spn("WSMAN/b").build();
    KerberosSettings settings = new Logins(options).kerberos();
    options.destroy();
    assertTrue(settings.secret() instanceof KerberosSettings.Password);
    KerberosSettings.Password kept = (KerberosSettings.Password) settings.secret();
    assertEquals("S3cret", new String(kept.characters()));
    assertFalse((settings + " " + kept).contains("S3cret"));
    assertEquals("WSMAN/b", settings.spn());
  }
}
