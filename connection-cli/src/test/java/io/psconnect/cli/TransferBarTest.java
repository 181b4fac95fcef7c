package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferBarTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private TransferBar bar(String file, int columns) {
    return new TransferBar(
        Path.of(file), new PrintStream(written, true, StandardCharsets.US_ASCII), columns);
  }

  private String text() {
    return written.toString(StandardCharsets.US_ASCII);
  }

  private List<String> drawings() {
    return List.of(text().strip().split("\r"));
  }

  private String last() {
    return drawings().get(drawings().size() - 1);
  }

  @Test
  void theLastDrawingIsTheWholeFile() {
    try (TransferBar bar = bar("disk.iso", 80)) {
      bar.onProgress(1 << 20, 64 << 20);
      bar.onProgress(64 << 20, 64 << 20);
    }
    assertTrue(
        last().matches("disk\\.iso 100% \\[=+\\] 64/64 MiB \\(0:00:\\d\\d / 0:00:00\\) .*MiB/s"),
        text());
  }

  @Test
  void whatFollowsBeginsOnANewLine() {
    try (TransferBar bar = bar("x", 80)) {
      bar.onProgress(1, 2);
    }
    assertTrue(text().endsWith(System.lineSeparator()));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void noDrawingIsWiderThanTheTerminal(int columns) {
    try (TransferBar bar = bar("a file with a rather long name.vhdx", columns)) {
      bar.onProgress(123_456_789_012L, 987_654_321_098L);
    }
    assertTrue(drawings().stream().allMatch(line -> line.length() < columns), text());
  }

  @Test
  void anEmptyFileIsDone() {
    try (TransferBar bar = bar("empty", 80)) {
      bar.onProgress(0, 0);
    }
    assertTrue(last().contains("0/0 B"), text());
  }

  @Test
  void aCopyThatNeverBeganDrawsNothing() {
    bar("x", 80).close();
    assertEquals("", text());
  }

  @Test
  void aNameCannotControlTheTerminal() {
    assertEquals("?[31mred?", TransferBar.shortened("\u001B[31mred\n"));
  }

  @ParameterizedTest
  @CsvSource({"0, BYTES", "10239, BYTES", "10240, KIBIBYTES", "10485760, MEBIBYTES"})
  void theUnitFitsTheSize(long size, ByteUnit unit) {
    assertEquals(unit, ByteUnit.fitting(size));
  }

  @ParameterizedTest
  @CsvSource({"24 80, 80", "50 213, 213", "0 0, 80", "'', 80", "nonsense, 80", "1 99999, 80"})
  void whatTheTerminalSaysOfItsWidthIsTakenIfItCanBe(String size, int columns) {
    assertEquals(columns, SystemTty.columns(size));
  }
}
