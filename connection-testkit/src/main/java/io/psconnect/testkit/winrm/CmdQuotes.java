package io.psconnect.testkit.winrm;

import java.io.File;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What {@code cmd.exe /c}, by which Windows starts a command, makes of a line that begins with a
 * quote: that quote and the last one go, unless they are the only two and enclose a program's name
 * with blanks ({@code cmd /?}). Clients rely on it: some put a whole line into quotes.
 */
final class CmdQuotes {
  private static final Pattern NAME = Pattern.compile("[^&<>()@^|\"]*\\s[^&<>()@^|\"]*");

  private CmdQuotes() {}

  static String removed(String line) {
    int last = line.lastIndexOf('"');
    if (!line.startsWith("\"") || last > 0 && isProgram(line.substring(1, last))) {
      return line;
    }
    return line.substring(1, Math.max(1, last)) + line.substring(last + 1);
  }

  private static boolean isProgram(String text) {
    return NAME.matcher(text).matches()
        && (text.toLowerCase(Locale.ROOT).endsWith(".exe") || new File(text).canExecute());
  }
}
