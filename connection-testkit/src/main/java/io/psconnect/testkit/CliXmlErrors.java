package io.psconnect.testkit;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes error text as PowerShell does, one error record for each line, line end included. */
final class CliXmlErrors {
  private static final String HEADER =
      "#< CLIXML\r\n<Objs Version=\"1.1.0.1\""
          + " xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
  private static final Pattern LINE = Pattern.compile("[^\n]*\n|[^\n]+");

  private CliXmlErrors() {}

  /** No text has no document. */
  static byte[] encode(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    StringBuilder document = new StringBuilder(HEADER);
    LINE.matcher(text).results().forEach(line -> appendRecord(document, line.group()));
    return document.append("</Objs>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendRecord(StringBuilder document, String line) {
    document.append("<S S=\"Error\">");
    for (int i = 0; i < line.length(); i++) {
      document.append(escaped(line, i));
    }
    document.append("</S>");
  }

  private static String escaped(String line, int i) {
    char c = line.charAt(i);
    if (Character.isISOControl(c) || Character.isSurrogate(c) || beginsEscape(line, i)) {
      return "_x%04X_".formatted((int) c);
    }
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\uFFFE', '\uFFFF' -> "&#x%04X;".formatted((int) c);
      default -> String.valueOf(c);
    };
  }

  /** An underscore that would be taken for the begin of an escape is one itself. */
  private static boolean beginsEscape(String line, int i) {
    return line.startsWith("_x", i) || line.startsWith("_X", i);
  }
}
