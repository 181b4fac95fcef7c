package io.psconnect.powershell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PowerShell code that comes with this module, written to be read, made small to be sent. */
final class PowerShellSource {
  private PowerShellSource() {}

  /** The code in one line: without comments, indentation and line ends. */
  static String oneLine(String name) {
    return statements(name).collect(Collectors.joining());
  }

  /** The code line by line, without comments and indentation. */
  static String lines(String name) {
    return statements(name).collect(Collectors.joining("\n"));
  }

  /** A comment has lines of its own. */
  private static Stream<String> statements(String name) {
    return text(name).lines().map(String::strip).filter(line -> !line.startsWith("#"));
  }

  private static String text(String name) {
    try (InputStream file =
        Objects.requireNonNull(PowerShellSource.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
