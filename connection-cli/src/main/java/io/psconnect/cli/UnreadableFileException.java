package io.psconnect.cli;

import java.io.IOException;

/** A file that was named on the command line cannot be read. */
final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1;

  UnreadableFileException(String message) {
    super(message);
  }
}
