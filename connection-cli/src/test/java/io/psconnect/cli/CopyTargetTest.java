package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTargetTest {

  @ParameterizedTest
  @CsvSource({
    "ssh://me@build01/C:/x, C:/x",
    "ssh://me@build01/C:\\x, C:\\x",
    "ssh://me@build01:2222/tmp/x, /tmp/x",
    "ssh://me@build01/\\\\server\\share\\x, \\\\server\\share\\x",
    "ssh://[2001:db8::1]:22/tmp/x, /tmp/x",
    "ssh://build01/tmp/a@b, /tmp/a@b",
    "ssh://[::1]/tmp/a@b, /tmp/a@b",
    "ssh://build01/C:/a#b+c, C:/a#b+c",
    "ssh://build01/tmp/100%25%3F%C3%A4, /tmp/100%?ä",
    "ssh://build01/c, /c",
    "ssh://build01/c:x, /c:x",
    "local:/tmp/x, /tmp/x",
    "local:///tmp/x, /tmp/x",
    "local:C:/x, C:/x",
    "local:C:\\x, C:\\x",
    "local:C:/x?timeout=5s, C:/x"
  })
  void thePathIsAsTheHostWritesIt(String target, String path) {
    assertEquals(path, CopyTarget.parse(target).path());
  }

  @Test
  void theHostIsWhatIsLeft() {
    CopyTarget target =
        CopyTarget.parse("ssh://me@build01:2222/C:/a?key=/home/me/a%20b&jump=you@bastion");
    assertEquals("ssh", target.host().scheme());
    assertEquals(Optional.of("me"), target.host().user());
    assertEquals(Optional.of("build01"), target.host().host());
    assertEquals(OptionalInt.of(2222), target.host().port());
    assertEquals(Optional.of("/home/me/a b"), target.host().option("key"));
    assertEquals(Optional.of("you@bastion"), target.host().option("jump"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:/x", "c:/x", "c:\\x", "/tmp/x", "x"})
  void aPathAloneIsNotTakenForABackend(String target) {
    String message = refusal(target);
    assertTrue(message.startsWith("the target does not begin with a backend; "), message);
    assertTrue(message.contains("write ssh://user@host/C:/folder/file"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local:", "local:?timeout=5s", "ssh://build01", "ssh://build01/", "ssh:x"})
  void aHostAloneIsNoTarget(String target) {
    assertTrue(refusal(target).startsWith("the target names no file on the host"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://me:s3cret@build01/C:/x",
        "ssh://me:s3/cret@build01/C:/x",
        "ssh://me:s3?cret@build01/C:/x",
        "ssh://me:s3@cret@build01/C:/x",
        "ssh://:s3cret@build01/C:/x",
        "SSH://me:s3cret@build01/C:/x",
        "//me:s3cret@build01/C:/x",
        "me:s3cret@build01:/x",
        "ssh:me:s3cret@build01/x",
        "ssh://me:12/s3cret%@build01/x"
      })
  void aPasswordIsRefusedAndNotRepeated(String target) {
    assertFalse(refusal(target).contains("s3"), () -> refusal(target));
  }

  @Test
  void aFormOfScpIsNotRepeatedButAnswered() {
    assertTrue(refusal("me@build01:/tmp/x").contains("write ssh://user@host/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local:/tmp/100%", "local:/tmp/%zz", "local:/%4/x"})
  void aPercentSignThatBeginsNoEscapeIsToBeWrittenAsOne(String target) {
    assertTrue(refusal(target).endsWith("write a percent sign as %25"));
  }

  @Test
  void escapesOfBytesThatAreNoTextAreRefused() {
    assertEquals(
        "the target's path has percent escapes of bytes that are not UTF-8; write text as UTF-8",
        refusal("local:/tmp/%FF%41"));
  }

  private static String refusal(String target) {
    return assertThrows(IllegalArgumentException.class, () -> CopyTarget.parse(target))
        .getMessage();
  }
}
