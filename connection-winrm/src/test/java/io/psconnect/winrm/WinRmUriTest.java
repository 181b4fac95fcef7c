package io.psconnect.winrm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Backends;
import io.psconnect.ConnectionUri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a URI says becomes options, by the provider that ServiceLoader finds. */
class WinRmUriTest {

  private static WinRmOptions options(String uri) throws Exception {
    return (WinRmOptions) Backends.installed().options(uri);
  }

  private static WinRmOptions withPassword(String uri) throws Exception {
    return (WinRmOptions)
        Backends.installed()
            .options(ConnectionUri.parse(uri).withSecret("password", "p".toCharArray()));
  }

  @Test
  void everyOptionOfKerberosIsRead() throws Exception {
    WinRmOptions options =
        options(
            "winrm://admin@build01:80?auth=kerberos&http=true&spn=WSMAN/a&realm=CORP"
                + "&krb5-conf=k&keytab=t&delegation=true");
    assertEquals("build01", options.host());
    assertEquals(80, options.port());
    assertFalse(options.https());
    assertEquals(WinRmAuth.KERBEROS, options.auth());
    assertEquals(Optional.of("admin"), options.username());
    assertEquals("WSMAN/a", options.spn());
    assertEquals(Optional.of("CORP"), options.realm());
    assertEquals(Optional.of(Path.of("k")), options.krb5Conf());
    assertEquals(Optional.of(Path.of("t")), options.keytab());
    assertTrue(options.delegation());
    assertEquals(Optional.of(Path.of("c")), options("winrm://h?auth=kerberos&ccache=c").ccache());
  }

  @Test
  void everyOptionOfCallsIsRead() throws Exception {
    WinRmOptions options =
        withPassword(
            "winrm://CORP%5Cadmin@h?ca=c&timeout=0s&request-timeout=1m&connect-timeout=5s"
                + "&powershell=pwsh&max-shells=8&standby=2&proxy=p:3128");
    assertEquals(Optional.of("CORP\\admin"), options.username());
    assertEquals(5986, options.port());
    assertEquals(WinRmAuth.NTLM, options.auth());
    assertEquals(Optional.of(Path.of("c")), options.caBundle());
    assertEquals(Duration.ZERO, options.commandTimeout());
    assertEquals(Duration.ofMinutes(1), options.requestTimeout());
    assertEquals(Duration.ofSeconds(5), options.connectTimeout());
    assertEquals("pwsh", options.powerShell());
    assertEquals(8, options.maxShells());
    assertEquals(2, options.standby());
    assertEquals(Optional.of("p:3128"), options.proxy());
  }

  @Test
  void trustAndPlainTextCanBeChosen() throws Exception {
    String digits = "ab".repeat(32);
    assertEquals(
        List.of(digits, digits),
        withPassword("winrm://a@h?fingerprint=" + digits + "," + digits).certificateFingerprints());
    assertTrue(withPassword("winrm://a@h?insecure=true").acceptsAnyCertificate());
    assertTrue(
        withPassword("winrm://a@h?auth=BASIC&http=true&allow-unencrypted=true")
            .allowsUnencrypted());
  }

  @Test
  void secretsComeBesideTheWord() throws Exception {
    assertArrayEquals("p".toCharArray(), withPassword("winrm://a@h").password().orElseThrow());
    ConnectionUri uri =
        ConnectionUri.parse("winrm://h?auth=certificate&certificate=c&key=k")
            .withSecret("passphrase", "q".toCharArray());
    WinRmOptions options = (WinRmOptions) Backends.installed().options(uri);
    assertEquals(Optional.of(Path.of("c")), options.clientCertificate());
    assertEquals(Optional.of(Path.of("k")), options.clientKey());
    assertArrayEquals("q".toCharArray(), options.passphrase().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          winrm:                | names no host; write it as winrm://user@host:port
          winrm://h?atuh=basic  | backend 'winrm' has no option 'atuh'; it has: allow-unencrypted,
          winrm://h?auth=digest | option 'auth' is 'digest'; it must be ntlm, basic, kerberos or
          winrm://h?insecure=1  | option 'insecure' is '1'; it must be true or false
          winrm://h?standby=x   | option 'standby' is 'x'; it must be a whole number
          winrm://h:99999       | port is 99999; it must be between 1 and 65535
          winrm://u:p@h         | a connection URI must not hold a password
          winrm://a@h           | auth is NTLM and no password is given
          """)
  void mistakesAreNamed(String uri, String words) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> options(uri.strip()));
    assertTrue(e.getMessage().contains(words.strip()), e.getMessage());
  }
}
