package io.psconnect.cli;

import java.util.Optional;
import java.util.OptionalInt;

/** The terminal that the command was typed in, if there is one. */
interface Tty {
  /** There is none. */
  Tty NONE =
      new Tty() {
        @Override
        public OptionalInt errorColumns() {
          return OptionalInt.empty();
        }

        @Override
        public Optional<char[]> readSecret(String question) {
          return Optional.empty();
        }
      };

  /** How wide the terminal is that shows standard error; empty if that goes elsewhere. */
  OptionalInt errorColumns();

  /**
   * Asks, without showing what is typed.
   *
   * @return the caller's to wipe, blank if nothing was typed; empty if there is nobody to ask
   */
  Optional<char[]> readSecret(String question);
}
