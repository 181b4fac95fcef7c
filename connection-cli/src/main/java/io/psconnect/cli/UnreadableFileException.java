package io.psconnect.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was named on the command line cannot be read. */
final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableFileException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Refuses a file that cannot be read, before anything is started.
   *
   * @param name what the file is for
   */
  static Path requireReadable(String name, Path file) throws UnreadableFileException {
    if (!Files.exists(file)) {
      throw new UnreadableFileException(
          "%s %s does not exist; check the path, as seen from %s"
              .formatted(name, file, Path.of("").toAbsolutePath()),
          null);
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableFileException(
          "%s %s is a directory; name a file in it".formatted(name, file), null);
    }
    if (!Files.isReadable(file)) {
      throw new UnreadableFileException(
          "%s %s cannot be read; check its permissions".formatted(name, file), null);
    }
    return file;
  }
}
