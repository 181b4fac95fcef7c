package io.psconnect.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file that was named on the command line.
 *
 * @param purpose what it is for
 * @param name as it was typed
 * @param mayBeSecret whether it may be a password instead, which is not repeated
 */
record TypedFile(String purpose, String name, boolean mayBeSecret) {

  /** Refuses a file that cannot be read, before anything is started. */
  Path requireReadable() throws UnreadableFileException {
    Path file = path();
    if (!Files.exists(file)) {
      throw unreadable("does not exist", "looked for " + file.toAbsolutePath());
    }
    if (Files.isDirectory(file)) {
      throw unreadable("is a directory", "name a file in it");
    }
    if (!Files.isReadable(file)) {
      throw unreadable("cannot be read", "check its permissions");
    }
    return file;
  }

  /** The system's own words repeat the name. */
  private Path path() throws UnreadableFileException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw unreadable("has a name that no file can have", "correct it");
    }
  }

  private UnreadableFileException unreadable(String what, String advice) {
    return new UnreadableFileException(
        mayBeSecret
            ? "%s %s; %s".formatted(purpose, what, Secrets.TAKE_NO_VALUE)
            : "%s '%s' %s; %s".formatted(purpose, name, what, advice));
  }
}
