package io.psconnect.ssh.internal.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a configuration file that says something.
 *
 * @param keyword in lower case
 * @param values one or more, without their quotes
 */
record ConfigLine(Path file, int number, String keyword, List<String> values) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<keyword>[^\\s=\"]+)(?:[ \\t]*=[ \\t]*|[ \\t]*)(?<rest>.*)", Pattern.DOTALL);

  /**
   * Reads a line as OpenSSH does: keyword, an optional {@code =}, and values that may be quoted and
   * may end with a comment.
   *
   * @return empty for a blank line and a comment
   * @throws IllegalArgumentException if it cannot be read
   */
  static Optional<ConfigLine> parse(Path file, int number, String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      throw broken(file, number, "it is '%s'; it must begin with a keyword".formatted(line));
    }
    String keyword = form.group("keyword");
    List<String> values;
    try {
      values = new QuotedWords(form.group("rest")).read();
    } catch (IllegalArgumentException e) {
      throw broken(file, number, e.getMessage());
    }
    if (values.isEmpty() || values.get(0).isEmpty()) {
      throw broken(file, number, "%s has no value".formatted(keyword));
    }
    return Optional.of(
        new ConfigLine(file, number, keyword.toLowerCase(Locale.ROOT), List.copyOf(values)));
  }

  /** The only value. */
  String value() {
    if (values.size() > 1) {
      throw broken(
          "%s has more than one value: %s; put a value with blanks in double quotes"
              .formatted(keyword, String.join(" ", values)));
    }
    return values.get(0);
  }

  IllegalArgumentException broken(String why) {
    return broken(file, number, why);
  }

  private static IllegalArgumentException broken(Path file, int number, String why) {
    return new IllegalArgumentException("%s, line %d: %s".formatted(file, number, why));
  }
}
