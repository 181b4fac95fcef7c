package io.psconnect;

import static io.psconnect.Refusals.assertNullRefused;
import static io.psconnect.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {
  @TempDir Path folder;

  @Test
  void defaultsAreNoInputNoTimeoutAndTheAutomaticCarrier() throws Exception {
    Script script = Script.of("1");
    assertArrayEquals(new byte[0], bytesOf(script));
    assertEquals(Optional.empty(), script.timeout());
    assertEquals(Carrier.AUTOMATIC, script.carrier());
    assertEquals(256 << 20, script.outputLimit());
  }

  @Test
  void eachChangeMakesANewScriptAndKeepsTheRest() throws Exception {
    Script first = Script.of("1").withInput("in").withTimeout(Duration.ofSeconds(9));
    Script second = first.withCarrier(Carrier.FRAMED).withOutputLimit(5);
    assertEquals(Carrier.AUTOMATIC, first.carrier());
    assertEquals("1", second.text());
    assertEquals("in", new String(bytesOf(second), StandardCharsets.UTF_8));
    assertEquals(Optional.of(Duration.ofSeconds(9)), second.timeout());
    assertEquals(5, second.outputLimit());
  }

  @Test
  void emptyScriptIsRefused() {
    assertRefused("script is empty; it must have at least one character", () -> Script.of(""));
    assertRefused(
        "script is empty; it must have at least one character", () -> Script.of("\uFEFF"));
  }

  @Test
  void nullsAreRefusedByName() {
    assertNullRefused("text", () -> Script.of(null));
    assertNullRefused("input", () -> Script.of("1").withInput((ScriptInput) null));
    assertNullRefused("bytes", () -> Script.of("1").withInput((byte[]) null));
    assertNullRefused("timeout", () -> Script.of("1").withTimeout(null));
    assertNullRefused("listener", () -> Script.of("1").withListener(null));
    assertNullRefused("carrier", () -> Script.of("1").withCarrier(null));
  }

  @Test
  void timeoutOfZeroOrLessIsRefused() {
    assertRefused(
        "timeout is PT0S; it must be more than zero",
        () -> Script.of("1").withTimeout(Duration.ZERO));
    assertRefused(
        "timeout is PT-0.001S; it must be more than zero",
        () -> Script.of("1").withTimeout(Duration.ofMillis(-1)));
  }

  @Test
  void negativeOutputLimitIsRefused() {
    assertRefused(
        "outputLimit is -1 bytes; it must be zero or more",
        () -> Script.of("1").withOutputLimit(-1));
  }

  @Test
  void inputTextWithHalfASurrogatePairIsRefused() {
    assertRefused(
        "input of 2 characters holds half a surrogate pair, which has no UTF-8 form; pass bytes",
        () -> Script.of("1").withInput("a\uD83D"));
  }

  @Test
  void inputIsCopiedAndCanBeReadAgain() throws Exception {
    byte[] bytes = {1, 2, 3};
    Script script = Script.of("1").withInput(bytes);
    bytes[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, bytesOf(script));
    assertArrayEquals(new byte[] {1, 2, 3}, bytesOf(script));
  }

  @Test
  void byteOrderMarkIsTakenOff() {
    assertEquals("'x'", Script.of("\uFEFF'x'").text());
  }

  @Test
  void filesAreReadAsUtf8OrAsTheirMarkSays() throws Exception {
    assertEquals("'ü'", Script.ofFile(file("'ü'".getBytes(StandardCharsets.UTF_8))).text());
    assertEquals("'ü'", Script.ofFile(file("\uFEFF'ü'".getBytes(StandardCharsets.UTF_8))).text());
    assertEquals(
        "'ü'", Script.ofFile(file("\uFEFF'ü'".getBytes(StandardCharsets.UTF_16LE))).text());
    assertEquals(
        "'ü'", Script.ofFile(file("\uFEFF'ü'".getBytes(StandardCharsets.UTF_16BE))).text());
  }

  @Test
  void fileInAnotherEncodingIsRefusedByName() throws Exception {
    Path file = file("'ü'".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(
        "script file %s: script is not UTF-8 text; save it as UTF-8".formatted(file),
        () -> Script.ofFile(file));
  }

  @Test
  void emptyFileIsRefusedByName() throws Exception {
    Path file = file(new byte[0]);
    assertRefused(
        "script file %s: script is empty; it must have at least one character".formatted(file),
        () -> Script.ofFile(file));
  }

  @Test
  void toStringShowsNeitherTextNorInput() {
    Script script = Script.of("$p='hunter2'").withInput("hunter2");
    assertFalse(script.toString().contains("hunter2"));
    assertEquals("Script[12 characters]", script.toString());
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("script.ps1"), bytes);
  }

  private static byte[] bytesOf(Script script) throws IOException {
    try (InputStream input = script.input().open()) {
      return input.readAllBytes();
    }
  }
}
