package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.ssh.SshAuthentication;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A password is for the host that it was given for, not for those on the way. */
class JumpHostPasswordTest {
  private final KeyPair key = rsaKey();
  private final SshHost bastion =
      SshHost.builder()
          .user(SshUser.named("admin").withPassword("secret").withKey(key.getPublic()))
          .allowForwarding()
          .start();
  private final SshHost target =
      SshHost.builder()
          .user(SshUser.named("admin").withPassword("secret"))
          .powerShell(powerShell())
          .start();

  private static ScriptedPowerShell powerShell() {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell.whenScriptContains("hello").thenReturn(Result.of(0, "said", ""));
    return powerShell;
  }

  @AfterEach
  void nothingIsLeft() {
    Waiting.until("sessions end", () -> bastion.openSessions() + target.openSessions() == 0);
    target.close();
    bastion.close();
  }

  @Test
  void keyOpensTheBastionAndThePasswordTheHost() throws Exception {
    try (Connection connection =
        Connections.open(options().privateKey(pem(key)).noAgent().build())) {
      assertEquals("said", connection.runScript("hello").stdout());
    }
    assertPasswordStayedAway();
  }

  @Test
  void passwordIsNotTriedOnTheBastion() throws Exception {
    try (Connection connection = Connections.of(options().noAgent().build())) {
      AuthenticationException e = assertThrows(AuthenticationException.class, connection::open);
      assertTrue(e.getMessage().contains("nothing to log in with"), e.getMessage());
    }
    assertPasswordStayedAway();
  }

  private void assertPasswordStayedAway() {
    assertTrue(
        bastion.authentications().stream()
            .map(SshAuthentication::method)
            .noneMatch("password"::equals),
        () -> bastion.authentications().toString());
  }

  private SshOptions.Builder options() {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(target.port())
        .username("admin")
        .password("secret".toCharArray())
        .proxyJump("admin@127.0.0.1:" + bastion.port())
        .hostKeyFingerprint(bastion.fingerprint(), target.fingerprint());
  }

  private static KeyPair rsaKey() {
    try {
      return KeyPairGenerator.getInstance("RSA").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] pem(KeyPair key) {
    String body = Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
