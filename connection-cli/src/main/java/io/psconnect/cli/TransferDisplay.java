package io.psconnect.cli;

import io.psconnect.FileCopy;
import io.psconnect.TransferListener;

/** Shows how far a copy has come. */
interface TransferDisplay extends TransferListener, AutoCloseable {

  /** A progress bar where standard error is a terminal; otherwise nothing. */
  static TransferDisplay of(FileCopy copy, Terminal terminal) {
    var columns = terminal.tty().errorColumns();
    return columns.isPresent()
        ? new TransferBar(copy.source(), terminal.err(), columns.getAsInt())
        : (transferred, total) -> {};
  }

  /** The display stays as it is, and what follows begins on a new line. */
  @Override
  default void close() {}
}
