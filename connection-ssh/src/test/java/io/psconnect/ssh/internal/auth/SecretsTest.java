package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ssh.OnRealSshd;
import io.psconnect.ssh.RealSshd;
import io.psconnect.ssh.SshOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where secrets may not be. */
class SecretsTest {
  private static final String PASSWORD = "Sentinel-Password-4711";
  private static final String PASSPHRASE = "Sentinel-Passphrase-0815";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----\nSentinelKey";

  @AutoClose private static final LoginAttempts client = new LoginAttempts();

  @TempDir Path folder;

  private static SshOptions options() {
    return SshOptions.builder()
        .host("nowhere")
        .noAgent()
        .password(PASSWORD.toCharArray())
        .passphrase(PASSPHRASE.toCharArray())
        .privateKey(KEY.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  @Test
  void closingWipesEverySecret() throws Exception {
    Credentials credentials = Credentials.of(options());
    List<Object> secrets = arrays(credentials);
    assertEquals(3, secrets.size());
    assertTrue(secrets.stream().noneMatch(SecretsTest::isBlank));
    credentials.close();
    credentials.close();
    assertTrue(secrets.stream().allMatch(SecretsTest::isBlank));
    assertFalse(holdsText(credentials));
  }

  private static List<Object> arrays(Object holder) throws IllegalAccessException {
    List<Object> arrays = new ArrayList<>();
    for (Field field : holder.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      Object value = field.get(holder);
      if (value != null && value.getClass().isArray()) {
        arrays.add(value);
      }
    }
    return arrays;
  }

  private static boolean isBlank(Object array) {
    for (int i = 0; i < Array.getLength(array); i++) {
      if (array instanceof char[] chars ? chars[i] != 0 : Array.getByte(array, i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A String is a secret that cannot be wiped. */
  private static boolean holdsText(Object holder) throws IllegalAccessException {
    for (Field field : holder.getClass().getDeclaredFields()) {
      field.setAccessible(true);
      if (field.get(holder) instanceof CharSequence) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theOptionsKeepTheirSecretsWhenTheCredentialsAreClosed() {
    SshOptions options = options();
    Credentials.of(options).close();
    assertArrayEquals(PASSWORD.toCharArray(), options.password().orElseThrow());
  }

  @Test
  void useAfterClosingFails() {
    Credentials credentials = Credentials.of(options());
    credentials.close();
    assertEquals(
        "the connection is closed, and its secrets are wiped",
        assertThrows(IllegalStateException.class, credentials::passwordUtf8).getMessage());
    assertThrows(IllegalStateException.class, credentials::hasPassword);
  }

  @Test
  void printingTheCredentialsShowsNone() {
    try (Credentials credentials = Credentials.of(options())) {
      assertEquals("Credentials[***]", credentials.toString());
    }
    PemBlock block = PemBlock.find((KEY + "\n-----END PRIVATE KEY-----").getBytes()).orElseThrow();
    assertEquals("PemBlock[PRIVATE KEY]", block.toString());
  }

  @Test
  @OnRealSshd
  void noErrorShowsOne() throws Exception {
    try (RealSshd sshd = RealSshd.builder().password("another").start()) {
      TestKeys keys = new TestKeys(folder);
      Path encrypted =
          keys.rewritten(keys.make("key", "-t", "ed25519"), "encrypted", "-N", PASSPHRASE + "!");
      String key = Files.readString(encrypted);
      SshOptions.Builder builder =
          sshd.strangerOptions()
              .password(PASSWORD.toCharArray())
              .passphrase(PASSPHRASE.toCharArray());
      requireNoSecret(builder, key);
      requireNoSecret(builder.privateKeyPath(encrypted), key);
      for (int length = 0; length < key.length(); length += 37) {
        requireNoSecret(builder.privateKey((key.substring(0, length) + " ").getBytes()), key);
        String hole = key.substring(0, length) + key.substring(Math.min(key.length(), length + 9));
        requireNoSecret(builder.privateKey(hole.getBytes()), key);
      }
    }
  }

  private static void requireNoSecret(SshOptions.Builder builder, String key) {
    String shown = shown(assertThrows(AuthenticationException.class, () -> client.logIn(builder)));
    assertFalse(shown.contains("Sentinel"), shown);
    for (String line : key.lines().filter(text -> !text.startsWith("-")).toList()) {
      assertFalse(shown.contains(line), shown);
    }
  }

  private static String shown(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
