package io.psconnect.json;

/** A text for a message: short enough to be read. */
final class Excerpt {
  private static final int LENGTH = 400;

  private Excerpt() {}

  static String of(String text) {
    return text.length() <= LENGTH
        ? text
        : "%s… (%d characters)".formatted(text.substring(0, LENGTH), text.length());
  }

  /** The text around an offset, with a mark at the offset. */
  static String around(String text, int offset) {
    int at = Math.max(0, Math.min(offset, text.length()));
    int from = Math.max(0, at - LENGTH / 4);
    int to = Math.min(text.length(), at + LENGTH / 4);
    return (from > 0 ? "…" : "")
        + text.substring(from, at)
        + "⟨here⟩"
        + text.substring(at, to)
        + (to < text.length() ? "…" : "");
  }
}
