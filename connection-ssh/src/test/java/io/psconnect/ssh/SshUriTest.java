package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Backends;
import io.psconnect.ConnectionUri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a URI says becomes options, by the provider that ServiceLoader finds. */
class SshUriTest {

  private static SshOptions options(String uri) throws Exception {
    return (SshOptions) Backends.installed().options(uri);
  }

  @Test
  void everyOptionIsRead() throws Exception {
    SshOptions options =
        options(
            "ssh://DOMAIN%5Cadmin@build01:2222?key=k&certificate=c&agent=none&known-hosts=h&config=f"
                + "&jump=a@b:22,c&connect-timeout=5s&timeout=0s&keepalive=1m&powershell=pwsh"
                + "&max-sessions=8&standby=2");
    assertEquals("build01", options.host());
    assertEquals(OptionalInt.of(2222), options.port());
    assertEquals(Optional.of("DOMAIN\\admin"), options.username());
    assertEquals(Optional.of(Path.of("k")), options.privateKeyPath());
    assertEquals(Optional.of(Path.of("c")), options.certificatePath());
    assertEquals(Optional.empty(), options.agentSocket());
    assertEquals(Optional.of(Path.of("h")), options.knownHosts());
    assertEquals(Optional.of(Path.of("f")), options.configFile());
    assertEquals(List.of("a@b:22", "c"), options.proxyJump());
    assertEquals(Duration.ofSeconds(5), options.connectTimeout());
    assertEquals(Duration.ZERO, options.commandTimeout());
    assertEquals(Duration.ofMinutes(1), options.keepAlive());
    assertEquals("pwsh", options.powerShell());
    assertEquals(8, options.maxSessions());
    assertEquals(2, options.standby());
  }

  @Test
  void agentAndTrustCanBeChosen() throws Exception {
    String fingerprint = "SHA256:" + "b".repeat(43);
    assertEquals(Optional.of(Path.of("/s")), options("ssh://h?agent=/s").agentSocket());
    assertEquals(
        List.of(fingerprint), options("ssh://h?fingerprint=" + fingerprint).hostKeyFingerprints());
    assertTrue(options("ssh://h?insecure=true").acceptsAnyHostKey());
  }

  @Test
  void secretsComeBesideTheWord() throws Exception {
    ConnectionUri uri =
        ConnectionUri.parse("ssh://h")
            .withSecret("password", "p".toCharArray())
            .withSecret("passphrase", "q".toCharArray());
    SshOptions options = (SshOptions) Backends.installed().options(uri);
    assertArrayEquals("p".toCharArray(), options.password().orElseThrow());
    assertArrayEquals("q".toCharArray(), options.passphrase().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ssh:                | names no host; write it as ssh://user@host:port
          ssh://h?agnet=none  | backend 'ssh' has no option 'agnet'; it has: agent, certificate,
          ssh://h?insecure=1  | option 'insecure' is '1'; it must be true or false
          ssh://h?standby=x   | option 'standby' is 'x'; it must be a whole number
          ssh://h:99999       | port is 99999; it must be between 1 and 65535
          ssh://u:p@h         | a connection URI must not hold a password
          """)
  void mistakesAreNamed(String uri, String words) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> options(uri.strip()));
    assertTrue(e.getMessage().contains(words.strip()), e.getMessage());
  }
}
