package io.psconnect.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was named on the command line cannot be read. */
final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1;

  private UnreadableFileException(String name, String path, String reason) {
    super("%s '%s' %s".formatted(name, path, reason));
  }

  /**
   * Refuses a file that cannot be read, before anything is started.
   *
   * @param name what the file is for
   */
  static Path requireReadable(String name, String path) throws UnreadableFileException {
    Path file = Path.of(path);
    if (!Files.exists(file)) {
      throw new UnreadableFileException(
          name, path, "does not exist; looked for " + file.toAbsolutePath());
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableFileException(name, path, "is a directory; name a file in it");
    }
    if (!Files.isReadable(file)) {
      throw new UnreadableFileException(name, path, "cannot be read; check its permissions");
    }
    return file;
  }
}
