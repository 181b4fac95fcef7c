package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.FileCopy;
import io.psconnect.ssh.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A file to copy, and a folder with the file that the copy is to replace. */
final class CopyFolder {
  static final int SIZE = 6_000_001;

  private final byte[] before = new byte[1000];
  private final Path source;
  private final Path folder;
  private final Path target;

  CopyFolder(Path parent) throws IOException {
    new Random(1).nextBytes(before);
    source = Files.write(parent.resolve("source"), content());
    folder = Files.createDirectories(parent.resolve("folder"));
    target = Files.write(folder.resolve("a.bin"), before);
  }

  static byte[] content() {
    byte[] bytes = new byte[SIZE];
    new Random(2).nextBytes(bytes);
    return bytes;
  }

  Path source() {
    return source;
  }

  Path target() {
    return target;
  }

  FileCopy copy() {
    return FileCopy.of(source, target.toString());
  }

  void assertReplaced() throws IOException {
    assertEquals(-1, Files.mismatch(source, target), "first byte that differs");
    assertEquals(List.of("a.bin"), names());
  }

  void assertUntouched() throws IOException {
    assertArrayEquals(before, Files.readAllBytes(target), "the target");
    assertEquals(List.of("a.bin"), names());
  }

  /** What removes the temporary file may do so a moment later than the copy fails. */
  void awaitUntouched() throws IOException {
    Waiting.until("temporary file removed", () -> names().size() == 1);
    assertUntouched();
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
