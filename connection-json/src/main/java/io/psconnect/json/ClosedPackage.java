package io.psconnect.json;

import java.lang.reflect.InaccessibleObjectException;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A module that keeps the package of a record to itself: Jackson names the record, not the cure.
 */
final class ClosedPackage {
  private ClosedPackage() {}

  static boolean isBehind(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof IllegalAccessException
                    || cause instanceof InaccessibleObjectException);
  }

  /** What to do, for the end of a message; empty if it is something else. */
  static String advice(Throwable failure) {
    return isBehind(failure)
        ? "; its module has to open its package to tools.jackson.databind"
        : "";
  }
}
