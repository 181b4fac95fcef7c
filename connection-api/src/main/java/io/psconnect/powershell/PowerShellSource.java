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
    return statements(file(name)).collect(Collectors.joining());
  }

  /** The code line by line, without comments and indentation. */
  static String lines(String name) {
    return lines(file(name));
  }

  /** The same of code that comes with another module. */
  static String lines(InputStream file) {
    return statements(file).collect(Collectors.joining("\n"));
  }

  static InputStream file(String name) {
    return Objects.requireNonNull(PowerShellSource.class.getResourceAsStream(name), name);
  }

  /** A comment has lines of its own. */
  private static Stream<String> statements(InputStream file) {
    return text(file).lines().map(String::strip).filter(line -> !line.startsWith("#"));
  }

  private static String text(InputStream file) {
    try (file) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
