package io.psconnect.powershell;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text with halves of surrogate pairs in a form that UTF-8 and {@code -EncodedCommand} can carry:
 * neither takes them (.NET puts U+FFFD in their place), PowerShell's strings do. They become <code>
 * &#92;uHHHH</code>, and a backslash becomes two; {@code Regex.Unescape} undoes it.
 */
final class LoneSurrogates {
  private static final Pattern LONE = Pattern.compile("[\uD800-\uDFFF]");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:\\\\|u([0-9A-F]{4}))");

  private LoneSurrogates() {}

  /** Java's expressions see a whole pair as one character, which is no surrogate. */
  static boolean in(String text) {
    return LONE.matcher(text).find();
  }

  static String escape(String text) {
    return LONE.matcher(text.replace("\\", "\\\\"))
        .replaceAll(half -> "\\\\u%04X".formatted((int) half.group().charAt(0)));
  }

  static String unescape(String escaped) {
    return ESCAPED.matcher(escaped).replaceAll(LoneSurrogates::original);
  }

  private static String original(MatchResult escape) {
    String digits = escape.group(1);
    return digits == null ? "\\\\" : String.valueOf((char) Integer.parseInt(digits, 16));
  }
}
