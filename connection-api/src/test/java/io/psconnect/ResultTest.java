package io.psconnect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  void nonZeroExitCodeIsAResultThatDidNotSucceed() {
    assertTrue(Result.of(0, "", "").succeeded());
    assertFalse(Result.of(7, "", "").succeeded());
    assertEquals(-1073741819, Result.of(0xC0000005, "", "").exitCode());
  }

  @Test
  void bytesThatAreNotUtf8AreKeptAsBytes() {
    byte[] bytes = {'f', (byte) 0x81, 'r'};
    Result result = Result.ofBytes(0, bytes, bytes, Duration.ZERO, false);
    assertArrayEquals(bytes, result.stdoutBytes());
    assertArrayEquals(bytes, result.stderrBytes());
    assertEquals("f\uFFFDr", result.stdout());
  }

  @Test
  void halfASurrogatePairInErrorTextIsKept() {
    byte[] bytes = {
      'a', (byte) 0xED, (byte) 0xA0, (byte) 0xBD, 'b', (byte) 0xED, (byte) 0xB8, (byte) 0x80
    };
    assertEquals(
        "a\uD83Db\uDE00", Result.ofBytes(0, new byte[0], bytes, Duration.ZERO, false).stderr());
  }

  @Test
  void koreanIsNotTakenForSurrogates() {
    String text = "\uD7A3\uD000x";
    assertEquals(text, Result.of(0, text, "").stdout());
  }

  @Test
  void cutSequenceAtTheEndIsReplaced() {
    byte[] bytes = {'a', (byte) 0xED, (byte) 0xA0};
    assertTrue(
        Result.ofBytes(0, bytes, new byte[0], Duration.ZERO, false).stdout().startsWith("a\uFFFD"));
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] bytes = "abc".getBytes(StandardCharsets.UTF_8);
    Result result = Result.ofBytes(0, bytes, bytes, Duration.ZERO, false);
    bytes[0] = 'X';
    result.stdoutBytes()[1] = 'X';
    assertEquals("abc", result.stdout());
  }

  @Test
  void toStringShowsNoOutput() {
    Result result =
        Result.ofBytes(
            3, "secret".getBytes(StandardCharsets.UTF_8), new byte[2], Duration.ofMillis(5), true);
    assertEquals(
        "Result[exitCode=3, stdout=6 bytes, stderr=2 bytes, 5 ms, truncated]", result.toString());
  }
}
