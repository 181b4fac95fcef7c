package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshOptionsTest {
  private static final String FINGERPRINT = "SHA256:" + "A".repeat(43);

  private static SshOptions.Builder host() {
    return SshOptions.builder().host("build01");
  }

  @Test
  void defaultsAreThose() {
    SshOptions options = host().build();
    assertEquals("ssh", options.backend());
    assertEquals(OptionalInt.empty(), options.port());
    assertEquals(Optional.empty(), options.username());
    assertEquals(Optional.empty(), options.knownHosts());
    assertFalse(options.acceptsAnyHostKey());
    assertEquals(Duration.ofSeconds(30), options.connectTimeout());
    assertEquals(Duration.ofMinutes(5), options.commandTimeout());
    assertEquals(Duration.ofSeconds(30), options.keepAlive());
    assertEquals("powershell.exe", options.powerShell());
    assertEquals(4, options.maxSessions());
    assertEquals(0, options.standby());
    assertEquals(List.of(), options.proxyJump());
    assertEquals(Optional.empty(), options.configFile());
  }

  @Test
  void agentIsThatOfTheEnvironmentUnlessNoneIsWanted() {
    assertEquals(
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).map(Path::of),
        host().build().agentSocket());
    assertEquals(Optional.empty(), host().noAgent().build().agentSocket());
  }

  @Test
  void hostIsNeeded() {
    assertRefused(
        "no host is given; it must be a name or an address", () -> SshOptions.builder().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "user@host", "host/x", "[::1", "ssh://host"})
  void hostThatIsNoneIsRefused(String text) {
    assertRefused(
        "host is '%s'; it must be a name or an address, such as build01 or 10.0.0.7"
            .formatted(text),
        () -> SshOptions.builder().host(text));
  }

  @Test
  void addressMayStandInBrackets() {
    assertEquals("::1", SshOptions.builder().host("[::1]").build().host());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void portOutOfRangeIsRefused(int port) {
    assertRefused(
        "port is %d; it must be between 1 and 65535".formatted(port), () -> host().port(port));
  }

  @Test
  void fingerprintIsReadAsPrintedAndOtherwiseRefused() {
    assertEquals(
        List.of(FINGERPRINT),
        host().hostKeyFingerprint(FINGERPRINT + "=").build().hostKeyFingerprints());
    assertRefused(
        "host key fingerprint is 'MD5:aa:bb'; it must be as ssh-keygen -l prints it, SHA256: and 43"
            + " characters of Base64",
        () -> host().hostKeyFingerprint("MD5:aa:bb"));
  }

  @Test
  void oneWayToCheckHostKeysIsEnough() {
    assertRefused(
        "knownHosts and hostKeyFingerprint exclude each other; keep one of them",
        () -> host().knownHosts(Path.of("k")).hostKeyFingerprint(FINGERPRINT).build());
    assertRefused(
        "acceptAnyHostKey excludes knownHosts and hostKeyFingerprint; keep one of them",
        () -> host().knownHosts(Path.of("k")).acceptAnyHostKey().build());
  }

  @Test
  void powerShellThatAShellWouldInterpretIsRefused() {
    assertRefused(
        "powerShell is 'pwsh; rm -rf /'; it must have only letters, digits, blanks and .:\\/_-()~+"
            + " in it",
        () -> host().powerShell("pwsh; rm -rf /"));
    String path = "C:\\Program Files (x86)\\PowerShell\\7\\pwsh.exe";
    assertEquals(path, host().powerShell(path).build().powerShell());
  }

  @Test
  void standbyLeavesASessionFree() {
    assertRefused(
        "standby is 4 and maxSessions 4; one session at least must be free beside those that wait,"
            + " so standby must be less than maxSessions",
        () -> host().standby(4).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "user@", "host:x", "host:", "host:0", "host:70000", "a@b@c:1:2"})
  void jumpHostThatIsNoneIsRefused(String text) {
    assertRefused(
        "proxyJump is '%s'; it must be written as user@host:port, where user@ and :port may be left"
                .formatted(text)
            + " out, and the port is between 1 and 65535",
        () -> host().proxyJump(text));
  }

  @Test
  void timesAreNotNegativeAndSignsOfLifeNotTooFrequent() {
    assertRefused(
        "connectTimeout is PT-1S; it must be zero (none) or more",
        () -> host().connectTimeout(Duration.ofSeconds(-1)));
    assertRefused(
        "commandTimeout is PT-1S; it must be zero (none) or more",
        () -> host().commandTimeout(Duration.ofSeconds(-1)));
    assertRefused(
        "keepAlive is 50 ms; it must be zero (never), or 100 ms or more",
        () -> host().keepAlive(Duration.ofMillis(50)));
  }

  @Test
  void secretsAreCopiedInAndOut() {
    char[] password = "hush".toCharArray();
    SshOptions options = host().password(password).build();
    password[0] = 'x';
    options.password().orElseThrow()[1] = 'x';
    assertArrayEquals("hush".toCharArray(), options.password().orElseThrow());
  }

  @Test
  void destroyedOptionsHaveNoSecretsAndMakeNoConnection() {
    SshOptions options =
        host()
            .password("hush".toCharArray())
            .passphrase("hush".toCharArray())
            .privateKey("hush".getBytes(StandardCharsets.UTF_8))
            .build();
    SshOptions.Builder copy = options.toBuilder();
    options.destroy();
    assertTrue(options.isDestroyed());
    assertEquals(
        "these options have been destroyed; make new ones",
        assertThrows(IllegalStateException.class, options::password).getMessage());
    assertThrows(IllegalStateException.class, options::passphrase);
    assertThrows(IllegalStateException.class, options::privateKey);
    assertThrows(IllegalStateException.class, options::toBuilder);
    assertArrayEquals("hush".toCharArray(), copy.build().password().orElseThrow());
  }

  @Test
  void textShowsNoSecret() {
    SshOptions options =
        host()
            .username("admin")
            .port(2222)
            .password("hush".toCharArray())
            .passphrase("hush".toCharArray())
            .build();
    assertEquals("SshOptions[admin@build01:2222]", options.toString());
    assertEquals(
        "SshOptions[[::1]:2222]", SshOptions.builder().host("::1").port(2222).build().toString());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
