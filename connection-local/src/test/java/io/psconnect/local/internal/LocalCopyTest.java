package io.psconnect.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.spi.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The message says which of the two files is at fault. */
class LocalCopyTest {
  @TempDir Path folder;

  @Test
  void sourceThatHasGoneIsNamed() throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "x");
    Path target = folder.resolve("b");
    FileCopy copy = FileCopy.of(source, target.toString());
    Files.delete(source);
    assertEquals(
        "local, copying a file: source %s could not be read: NoSuchFileException: %s"
            .formatted(source, source),
        failure(copy));
    assertFalse(Files.exists(target));
  }

  @Test
  void sourceThatCannotBeReadIsNamed() throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "x");
    FileCopy copy = FileCopy.of(source, folder.resolve("b").toString());
    Files.delete(source);
    Files.createDirectory(source);
    assertEquals(
        "local, copying a file: source %s could not be read: IOException: Is a directory"
            .formatted(source),
        failure(copy));
  }

  @Test
  void targetThatCannotBeWrittenIsNamed() throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "x");
    assertEquals(
        "local, copying a file: %s could not be written: it is a directory".formatted(folder),
        failure(FileCopy.of(source, folder.toString())));
  }

  private static String failure(FileCopy copy) {
    LocalCopy run = new LocalCopy(copy, Deadline.none());
    return assertThrows(FileCopyException.class, run::run).getMessage();
  }
}
