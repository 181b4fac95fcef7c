package io.psconnect.winrm.internal.wsman;

/**
 * Text in XML. The service does not decode numeric character references in a command, so there are
 * none; what XML 1.0 cannot hold at all is refused.
 */
final class XmlText {

  private XmlText() {}

  static String of(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> append(escaped, character));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int character) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      default -> escaped.appendCodePoint(allowed(character));
    }
  }

  private static int allowed(int character) {
    boolean allowed =
        character >= ' ' && !Character.isSurrogate((char) character) && character < 0xFFFE
            || character > 0xFFFF
            || character == '\t'
            || character == '\n';
    if (!allowed) {
      throw new IllegalArgumentException(
          "the character U+%04X cannot be sent in XML".formatted(character));
    }
    return character;
  }
}
