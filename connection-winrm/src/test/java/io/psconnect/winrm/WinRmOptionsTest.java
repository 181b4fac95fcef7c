package io.psconnect.winrm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinRmOptionsTest {
  private static final Path FILE = Path.of("f");
  private static final String DIGITS = "00".repeat(32);

  private static WinRmOptions.Builder host() {
    return WinRmOptions.builder().host("build01");
  }

  private static WinRmOptions.Builder user() {
    return host().username("CORP\\admin").password("hush".toCharArray());
  }

  private static WinRmOptions.Builder kerberos() {
    return host().auth(WinRmAuth.KERBEROS).username("admin@CORP.EXAMPLE");
  }

  private static WinRmOptions.Builder certificate() {
    return host().auth(WinRmAuth.CERTIFICATE).clientCertificate(FILE).clientKey(FILE);
  }

  @Test
  void defaultsAreThose() {
    WinRmOptions options = user().build();
    assertEquals("winrm", options.backend());
    assertEquals(5986, options.port());
    assertTrue(options.https());
    assertFalse(options.acceptsAnyCertificate());
    assertEquals(Optional.empty(), options.caBundle());
    assertEquals(List.of(), options.certificateFingerprints());
    assertEquals(WinRmAuth.NTLM, options.auth());
    assertFalse(options.allowsUnencrypted());
    assertFalse(options.delegation());
    assertEquals(Duration.ZERO, options.requestTimeout());
    assertEquals(Duration.ofSeconds(30), options.connectTimeout());
    assertEquals(Duration.ofMinutes(5), options.commandTimeout());
    assertEquals("powershell.exe", options.powerShell());
    assertEquals(3, options.maxShells());
    assertEquals(0, options.standby());
    assertEquals(Optional.empty(), options.proxy());
  }

  @Test
  void kerberosDefaultsAreThose() {
    WinRmOptions options = kerberos().keytab(FILE).build();
    assertEquals("HTTP/build01", options.spn());
    assertEquals(Optional.empty(), options.realm());
    assertEquals(Optional.empty(), options.krb5Conf());
  }

  @Test
  void portFollowsHttpUnlessGiven() {
    assertEquals(5985, user().useHttp().build().port());
    assertEquals(80, user().useHttp().port(80).build().port());
  }

  @Test
  void hostIsNeeded() {
    assertRefused(
        "no host is given; it must be a name or an address", () -> WinRmOptions.builder().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "user@host", "host/x", "[::1", "winrm://host"})
  void hostThatIsNoneIsRefused(String text) {
    assertRefused(
        "host is '%s'; it must be a name or an address, such as build01 or 10.0.0.7"
            .formatted(text),
        () -> WinRmOptions.builder().host(text));
  }

  @Test
  void addressMayStandInBrackets() {
    assertEquals("::1", user().host("[::1]").build().host());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void portOutOfRangeIsRefused(int port) {
    assertRefused(
        "port is %d; it must be between 1 and 65535".formatted(port), () -> host().port(port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "CORP\\admin", ".\\admin", "admin@CORP.EXAMPLE", "a b"})
  void userMayHaveADomainOrARealm(String name) {
    assertEquals(Optional.of(name), user().username(name).build().username());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CORP\\admin@x", "\\admin", "CORP\\", "a\\b\\c", "@x", "admin@"})
  void userThatIsNoneIsRefused(String name) {
    assertRefused(
        "username is '%s'; it must be DOMAIN\\admin, admin@REALM or admin, with a domain or a realm"
                .formatted(name)
            + " and not both",
        () -> host().username(name));
  }

  @Test
  void userAndPasswordAreNotBlank() {
    assertRefused(
        "username is blank; it must be something like DOMAIN\\admin", () -> host().username(" "));
    assertRefused(
        "password is empty; WinRM takes no user without one, so it must have a character",
        () -> host().password(new char[0]));
  }

  @Test
  void ntlmNeedsAUserAndAPassword() {
    assertRefused(
        "auth is NTLM and no username is given; it must be DOMAIN\\admin, admin@REALM or admin",
        () -> host().build());
    assertRefused("auth is NTLM and no password is given", () -> host().username("admin").build());
  }

  @Test
  void basicNeedsAUserWithoutAColon() {
    assertRefused(
        "auth is BASIC and no password is given",
        () -> host().auth(WinRmAuth.BASIC).username("admin").build());
    assertRefused(
        "username is 'a:b' and auth BASIC; it must have no colon, which ends the user there (RFC"
            + " 7617)",
        () -> user().auth(WinRmAuth.BASIC).username("a:b").build());
  }

  @Test
  void basicOverHttpHasToBeAllowedByName() {
    assertRefused(
        "auth is BASIC and https off, which sends the password in the clear; use HTTPS, or NTLM,"
            + " which seals, or say allowUnencrypted",
        () -> user().auth(WinRmAuth.BASIC).useHttp().build());
    assertTrue(
        user().auth(WinRmAuth.BASIC).useHttp().allowUnencrypted().build().allowsUnencrypted());
    assertRefused(
        "allowUnencrypted is on, auth NTLM and https off; it is for BASIC over HTTP alone, so leave"
            + " it out",
        () -> user().useHttp().allowUnencrypted().build());
    assertRefused(
        "allowUnencrypted is on, auth BASIC and https on; it is for BASIC over HTTP alone, so leave"
            + " it out",
        () -> user().auth(WinRmAuth.BASIC).allowUnencrypted().build());
  }

  @Test
  void kerberosNeedsExactlyOneProof() {
    assertRefused(
        "auth is KERBEROS and none of password, ccache and keytab is given; exactly one must be",
        () -> kerberos().build());
    assertRefused(
        "password '***' and keytab 'f' are given; exactly one must be",
        () -> kerberos().password("hush".toCharArray()).keytab(FILE).build());
    assertRefused(
        "ccache 'f' and keytab 'f' are given; exactly one must be",
        () -> kerberos().ccache(FILE).keytab(FILE).build());
  }

  @Test
  void kerberosKnowsTheUserByRealm() {
    assertRefused(
        "auth is KERBEROS and no username is given; it must be admin@REALM, or admin with a realm;"
            + " a ccache alone needs none",
        () -> host().auth(WinRmAuth.KERBEROS).keytab(FILE).build());
    assertRefused(
        "username is 'CORP\\admin' and auth KERBEROS, which knows no domains; write it as"
            + " admin@REALM",
        () -> user().auth(WinRmAuth.KERBEROS).build());
    assertRefused(
        "username is 'admin@CORP.EXAMPLE' and realm 'OTHER'; the realm must be said once, so leave"
            + " one out",
        () -> kerberos().keytab(FILE).realm("OTHER").build());
    assertEquals(
        Optional.of("CORP.EXAMPLE"),
        kerberos().username("admin").keytab(FILE).realm("CORP.EXAMPLE").build().realm());
    assertEquals(Optional.empty(), host().auth(WinRmAuth.KERBEROS).ccache(FILE).build().username());
  }

  @Test
  void optionsOfKerberosAreForKerberosAlone() {
    assertRefused(ofKerberos("realm 'R'"), () -> user().realm("R").build());
    assertRefused(ofKerberos("spn 'HTTP/a'"), () -> user().spn("HTTP/a").build());
    assertRefused(ofKerberos("krb5Conf 'f'"), () -> user().krb5Conf(FILE).build());
    assertRefused(ofKerberos("ccache 'f'"), () -> user().ccache(FILE).build());
    assertRefused(ofKerberos("keytab 'f'"), () -> user().keytab(FILE).build());
    assertRefused(ofKerberos("delegation 'on'"), () -> user().delegation().build());
  }

  private static String ofKerberos(String option) {
    return option
        + " is for auth KERBEROS, and auth is NTLM; leave it out, or choose auth KERBEROS";
  }

  @Test
  void spnIsAServiceAndAHost() {
    assertRefused(
        "spn is 'build01'; it must be a service and a host, such as HTTP/build01.example.com",
        () -> kerberos().spn("build01"));
    assertEquals("WSMAN/a", kerberos().spn("WSMAN/a").keytab(FILE).build().spn());
  }

  @Test
  void certificateNeedsItsFilesAndHttpsAndNothingElse() {
    assertEquals(Optional.of(FILE), certificate().build().clientKey());
    assertRefused(
        "auth is CERTIFICATE and https off; the certificate is shown by TLS, so use HTTPS",
        () -> certificate().useHttp().build());
    assertRefused(
        "auth is CERTIFICATE and no clientCertificate is given; it must be the path of a PEM file",
        () -> host().auth(WinRmAuth.CERTIFICATE).build());
    assertRefused(
        "auth is CERTIFICATE and no clientKey is given; it must be the path of a PEM file",
        () -> host().auth(WinRmAuth.CERTIFICATE).clientCertificate(FILE).build());
    assertRefused(
        "auth is CERTIFICATE and password is given; the host knows the user by the certificate, so"
            + " leave it out",
        () -> certificate().password("hush".toCharArray()).build());
  }

  @Test
  void optionsOfTheCertificateAreForItAlone() {
    assertRefused(
        "clientKey 'f' and passphrase '***' is for auth CERTIFICATE, and auth is NTLM; leave it out,"
            + " or choose auth CERTIFICATE",
        () -> user().clientKey(FILE).passphrase("hush".toCharArray()).build());
  }

  @Test
  void trustIsNotSaidTwice() {
    assertRefused(
        "acceptAnyCertificate 'on' and caBundle 'f' exclude each other; keep one of them",
        () -> user().acceptAnyCertificate().caBundle(FILE).build());
    assertRefused(
        "acceptAnyCertificate 'on' and certificateFingerprint '%s' exclude each other; keep one of"
                .formatted(DIGITS)
            + " them",
        () -> user().acceptAnyCertificate().certificateFingerprint(DIGITS).build());
    assertRefused(
        "caBundle 'f' and certificateFingerprint '%s' exclude each other; keep one of them"
            .formatted(DIGITS),
        () -> user().caBundle(FILE).certificateFingerprint(DIGITS).build());
  }

  @Test
  void trustIsForHttpsAlone() {
    assertRefused(
        "caBundle 'f' needs HTTPS, and https is off; leave it out, or use HTTPS",
        () -> user().useHttp().caBundle(FILE).build());
    assertRefused(
        "acceptAnyCertificate 'on' needs HTTPS, and https is off; leave it out, or use HTTPS",
        () -> user().useHttp().acceptAnyCertificate().build());
    assertRefused(
        "certificateFingerprint '%s' needs HTTPS, and https is off; leave it out, or use HTTPS"
            .formatted(DIGITS),
        () -> user().useHttp().certificateFingerprint(DIGITS).build());
  }

  @Test
  void fingerprintIsReadInEveryWayItIsPrinted() {
    String digits = "00ff" + "ab".repeat(30);
    String colons = "00:FF" + ":AB".repeat(30);
    String base64 = "SHA256:AP+rq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s";
    for (String text : List.of(digits, colons, base64, base64 + "=")) {
      assertEquals(
          List.of(digits),
          user().certificateFingerprint(text).build().certificateFingerprints(),
          text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AB:CD", "MD5:00", "SHA256:00", "00:ff00"})
  void fingerprintThatIsNoneIsRefused(String text) {
    assertRefused(
        "certificate fingerprint is '%s'; it must be the SHA-256 as openssl x509 -fingerprint"
                .formatted(text)
            + " -sha256 prints it, 64 hexadecimal digits with or without colons, or SHA256: and 43"
            + " characters of Base64",
        () -> user().certificateFingerprint(text));
  }

  @Test
  void powerShellThatAShellWouldInterpretIsRefused() {
    assertRefused(
        "powerShell is 'pwsh & calc'; it must have only letters, digits, blanks and .:\\/_-()~+ in"
            + " it",
        () -> host().powerShell("pwsh & calc"));
    String path = "C:\\Program Files (x86)\\PowerShell\\7\\pwsh.exe";
    assertEquals(path, user().powerShell(path).build().powerShell());
  }

  @Test
  void numbersHaveTheirLimits() {
    assertRefused("maxShells is 0; it must be between 1 and 100", () -> host().maxShells(0));
    assertRefused("maxShells is 101; it must be between 1 and 100", () -> host().maxShells(101));
    assertRefused("standby is -1; it must be between 0 and 10", () -> host().standby(-1));
    assertRefused("standby is 11; it must be between 0 and 10", () -> host().standby(11));
  }

  @Test
  void timesAreNotNegative() {
    Duration negative = Duration.ofSeconds(-1);
    assertThrows(IllegalArgumentException.class, () -> host().requestTimeout(negative));
    assertThrows(IllegalArgumentException.class, () -> host().connectTimeout(negative));
    assertThrows(IllegalArgumentException.class, () -> host().commandTimeout(negative));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "proxy", "proxy:", "proxy:0", "proxy:65536", "http://proxy:80", ":1"})
  void proxyThatIsNoneIsRefused(String text) {
    assertRefused(
        "proxy is '%s'; it must be a host and a port, such as proxy.example.com:3128"
            .formatted(text),
        () -> host().proxy(text));
  }

  @Test
  void secretsAreCopiedInAndOut() {
    char[] password = "hush".toCharArray();
    WinRmOptions options = user().password(password).build();
    password[0] = 'x';
    options.password().orElseThrow()[1] = 'x';
    assertArrayEquals("hush".toCharArray(), options.password().orElseThrow());
  }

  @Test
  void destroyedOptionsHaveNoSecretsAndMakeNoConnection() {
    WinRmOptions options = user().build();
    WinRmOptions.Builder copy = options.toBuilder();
    options.destroy();
    assertTrue(options.isDestroyed());
    assertEquals(
        "these options have been destroyed; make new ones",
        assertThrows(IllegalStateException.class, options::password).getMessage());
    assertThrows(IllegalStateException.class, options::passphrase);
    assertThrows(IllegalStateException.class, options::toBuilder);
    assertArrayEquals("hush".toCharArray(), copy.build().password().orElseThrow());
  }

  @Test
  void everythingOutlivesABuilder() {
    WinRmOptions options =
        kerberos()
            .port(1)
            .username("admin")
            .realm("CORP.EXAMPLE")
            .spn("HTTP/a")
            .krb5Conf(Path.of("k"))
            .keytab(Path.of("t"))
            .delegation()
            .certificateFingerprint(DIGITS)
            .requestTimeout(Duration.ofSeconds(1))
            .connectTimeout(Duration.ofSeconds(2))
            .commandTimeout(Duration.ofSeconds(3))
            .powerShell("pwsh")
            .maxShells(4)
            .standby(5)
            .proxy("p:6")
            .build()
            .toBuilder()
            .build();
    assertEquals(1, options.port());
    assertEquals(Optional.of("CORP.EXAMPLE"), options.realm());
    assertEquals("HTTP/a", options.spn());
    assertEquals(Optional.of(Path.of("k")), options.krb5Conf());
    assertEquals(Optional.of(Path.of("t")), options.keytab());
    assertTrue(options.delegation());
    assertEquals(List.of(DIGITS), options.certificateFingerprints());
    assertEquals(Duration.ofSeconds(1), options.requestTimeout());
    assertEquals(Duration.ofSeconds(2), options.connectTimeout());
    assertEquals(Duration.ofSeconds(3), options.commandTimeout());
    assertEquals("pwsh", options.powerShell());
    assertEquals(4, options.maxShells());
    assertEquals(5, options.standby());
    assertEquals(Optional.of("p:6"), options.proxy());
  }

  @Test
  void textShowsNoSecret() {
    assertEquals(
        "WinRmOptions[CORP\\admin:***@build01:5985, HTTP, NTLM]",
        user().useHttp().build().toString());
    assertEquals(
        "WinRmOptions[[::1]:5986, HTTPS, CERTIFICATE]",
        certificate().passphrase("hush".toCharArray()).host("::1").build().toString());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
