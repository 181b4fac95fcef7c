package io.psconnect;

import static io.psconnect.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUriTest {

  @Test
  void partsAreRead() {
    ConnectionUri uri = ConnectionUri.parse("ssh://dom%5Cadmin@[::1]:2222/?key=a%20b&timeout=1.5m");
    assertEquals("ssh", uri.scheme());
    assertEquals(Optional.of("dom\\admin"), uri.user());
    assertEquals(Optional.of("[::1]"), uri.host());
    assertEquals(OptionalInt.of(2222), uri.port());
    assertEquals(Optional.of("a b"), uri.option("key"));
    assertEquals(Optional.of(Duration.ofSeconds(90)), uri.duration("timeout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local:", "local://", "local:?a=b", "local?a=b"})
  void allButTheSchemeMayBeMissing(String text) {
    ConnectionUri uri = ConnectionUri.parse(text);
    assertEquals("local", uri.scheme());
    assertEquals(Optional.empty(), uri.host());
    assertEquals(Optional.empty(), uri.user());
    assertEquals(OptionalInt.empty(), uri.port());
  }

  @Test
  void optionCanBeAddedOnce() {
    ConnectionUri uri = ConnectionUri.parse("x://h?a=b").withOption("k", "100%41");
    assertEquals(Optional.of("100%41"), uri.option("k"));
    assertEquals(Optional.of("b"), uri.option("a"));
    assertRefused("option 'a' is given twice", () -> uri.withOption("a", "c"));
  }

  @Test
  void plusSignIsAPlusSign() {
    assertEquals(Optional.of("a+b"), ConnectionUri.parse("x:?k=a+b").option("k"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "//host", "1x:", "SSH://h", "ssh:host", "ssh://h/path", "ssh://h#f"})
  void whatIsNoConnectionUriIsRefused(String text) {
    assertRefused(
        "'%s' is no connection URI; write it as scheme://user@host:port?option=value, or local:"
            .formatted(text),
        () -> ConnectionUri.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://admin:hunter2@host",
        "ssh://:hunter2@host",
        "ssh://a:hunter2@b@host",
        "ssh://a:hun/ter2@host",
        "winrm://admin:p?hunter2@host"
      })
  void passwordIsRefusedAndNotRepeated(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ConnectionUri.parse(text)).getMessage();
    assertFalse(message.contains("hunter2"), message);
    assertFalse(message.contains("ter2"), message);
    assertEquals("a connection URI must not hold a password", message.split(":")[0]);
  }

  /** Where the word cannot be read, or only as something else than it was meant to be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin:hunter2@host",
        "ssh:admin:hunter2@host",
        "SSH://admin:hunter2@host",
        "//admin:hunter2@host",
        "ssh://admin:12/34hunter2@host",
        "ssh://admin:12#hunter2@host",
        "ssh://admin:1234?hunter2@host",
        "ssh://admin:1234?hunter2=x@host",
        "ssh://admin:1234?a=x&hunter2@host",
        "ssh://admin:1234?a=1&a=hunter2@host",
        "ssh://admin:1234?hunter2=50%@host",
        "ssh://admin@corp.example:12?hunter2@host",
        "ssh://admin:?hunter2@host",
        "ssh://admin:/?hunter2@host",
        "ssh://[admin:hunter2@host",
        "ssh:?admin:hunter2@host",
        "ssh://host?admin:hunter2@host",
        "a b://admin:hunter2@host"
      })
  void whatMayHoldAPasswordIsNotRepeated(String text) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ConnectionUri.parse(text).allowOptions("timeout"))
            .getMessage();
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void noValueIsRepeatedThatMayHoldAPassword() {
    ConnectionUri read = ConnectionUri.parse("x://h?a=hunter@b");
    assertRefused(
        "option 'a' is '...'; it must be a number and a unit (ms, s, m or h), such as 30s",
        () -> read.duration("a"));
    assertRefused("option 'a' is '...'; it must be a whole number", () -> read.integer("a"));
    ConnectionUri misread = ConnectionUri.parse("ssh://admin:123456?a=hunter&b=c@host");
    assertRefused("option 'a' is '...'; it must be a whole number", () -> misread.integer("a"));
    assertRefused("port is '...'; it must be between 1 and 65535", misread::port);
  }

  @Test
  void anOptionIsNamedBesideAnAtSignThatBelongsToAnother() {
    assertRefused(
        "backend 'ssh' has no option 'tiemout'; it has: jump",
        () -> ConnectionUri.parse("ssh://me@h?jump=me@b&tiemout=3s").allowOptions("jump"));
  }

  @ParameterizedTest
  @CsvSource({"0", "65536", "99999999999999999999"})
  void portOutOfRangeIsRefused(String port) {
    assertRefused(
        "port is %s; it must be between 1 and 65535".formatted(port),
        () -> ConnectionUri.parse("ssh://h:" + port).port());
  }

  @Test
  void atSignInAnOptionIsNoPassword() {
    ConnectionUri uri = ConnectionUri.parse("ssh://host:22?jump=admin@bastion");
    assertEquals(Optional.of("admin@bastion"), uri.option("jump"));
  }

  @Test
  void colonsOfAnAddressAreNoPassword() {
    ConnectionUri uri = ConnectionUri.parse("ssh://[::1]?jump=admin@bastion");
    assertEquals(Optional.of("[::1]"), uri.host());
  }

  @Test
  void secretsGoWithTheWordAndCanBeWiped() {
    char[] given = "hush".toCharArray();
    ConnectionUri uri = ConnectionUri.parse("ssh://host").withSecret("password", given);
    given[0] = 'x';
    assertEquals("hush", uri.secret("password").map(String::new).orElseThrow());
    assertEquals(Optional.empty(), uri.secret("passphrase"));
    assertEquals("ssh://host", uri.toString());
    uri.wipe();
    assertEquals("\0\0\0\0", uri.secret("password").map(String::new).orElseThrow());
  }

  @Test
  void optionWithoutAValueIsRefused() {
    assertRefused(
        "'verbose' in the URI's query is no option; write option=value",
        () -> ConnectionUri.parse("local:?verbose"));
  }

  @Test
  void optionGivenTwiceIsRefused() {
    assertRefused("option 'a' is given twice", () -> ConnectionUri.parse("local:?a=1&a=2"));
  }

  @ParameterizedTest
  @CsvSource({
    "local:?key=50%, option 'key'",
    "local:?key=%4, option 'key'",
    "local:?a=b&key=%zz, option 'key'",
    "ssh://50%@host, the user in the URI",
    "ssh://me@50%, the host in the URI"
  })
  void percentSignThatBeginsNoEscapeIsRefusedAndSaidWhere(String text, String where) {
    assertRefused(
        where
            + " has a percent sign that two hexadecimal digits do not follow; write a percent sign"
            + " as %25",
        () -> ConnectionUri.parse(text));
  }

  @Test
  void escapesOfBytesThatAreNoTextAreRefused() {
    assertRefused(
        "option 'key' has percent escapes of bytes that are not UTF-8; write text as UTF-8",
        () -> ConnectionUri.parse("local:?key=a%E4b"));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "5m,300000", "1.5h,5400000", "0s,0"})
  void durationsAreRead(String text, long millis) {
    assertEquals(Duration.ofMillis(millis), DurationText.parse("timeout", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-5s", "30 s", "1d", "PT30S", "1e9s"})
  void whatIsNoDurationIsRefused(String text) {
    assertRefused(
        "timeout is '%s'; it must be a number and a unit (ms, s, m or h), such as 30s"
            .formatted(text),
        () -> DurationText.parse("timeout", text));
  }

  @ParameterizedTest
  @CsvSource({"30000,30 s", "250,250 ms", "1500,1500 ms", "0,0 s"})
  void durationsAreWrittenForMessages(long millis, String text) {
    assertEquals(text, DurationText.of(Duration.ofMillis(millis)));
  }
}
