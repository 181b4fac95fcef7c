package io.psconnect.testkit;

/** Text as messages show it: in quotes, on one line, with what cannot be seen written out. */
final class Quoted {
  private static final int START = 120;

  private Quoted() {}

  /** The whole text. */
  static String all(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> append(quoted, (char) c));
    return quoted.append('"').toString();
  }

  /** How the text begins. */
  static String start(String text) {
    return text.length() <= START ? all(text) : all(text.substring(0, START)) + "...";
  }

  private static void append(StringBuilder quoted, char c) {
    switch (c) {
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '"' -> quoted.append("\\\"");
      case '\\' -> quoted.append("\\\\");
      default -> quoted.append(isVisible(c) ? String.valueOf(c) : "\\u%04X".formatted((int) c));
    }
  }

  private static boolean isVisible(char c) {
    return !Character.isISOControl(c) && c != '\uFEFF';
  }
}
