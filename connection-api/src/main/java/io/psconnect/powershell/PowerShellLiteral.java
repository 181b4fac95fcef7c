package io.psconnect.powershell;

import java.util.Objects;
import java.util.Optional;

/**
 * Text as a PowerShell literal in single quotes.
 *
 * <p>PowerShell takes five characters for a single quote, each ending what any other began: ' and
 * U+2018 to U+201B ({@code CharTraits.cs} in its source). Inside the literal two of them in a row
 * stand for the second; every other character, line ends and NUL included, is itself. So doubling
 * these five, and nothing else, quotes any text.
 *
 * <p>A literal belongs in a script. Where the text is a secret, send it on standard input instead.
 */
public final class PowerShellLiteral {
  private PowerShellLiteral() {}

  /**
   * Quotes a text.
   *
   * @param text any characters, none and lone surrogates included
   * @return a literal, quotes included, that PowerShell reads as exactly this text
   */
  public static String quote(String text) {
    Objects.requireNonNull(text, "text");
    StringBuilder literal = new StringBuilder(text.length() + 16).append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      literal.append(c);
      if (isQuote(c)) {
        literal.append(c);
      }
    }
    return literal.append('\'').toString();
  }

  /**
   * Reads a literal as PowerShell does: the inverse of {@link #quote}.
   *
   * @param literal a whole expression, without blanks around it
   * @return the text, or empty if this is not one literal in single quotes
   */
  public static Optional<String> unquote(String literal) {
    Objects.requireNonNull(literal, "literal");
    int last = literal.length() - 1;
    if (last < 1 || !isQuote(literal.charAt(0)) || !isQuote(literal.charAt(last))) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      if (isQuote(literal.charAt(i)) && (++i == last || !isQuote(literal.charAt(i)))) {
        return Optional.empty();
      }
      text.append(literal.charAt(i));
    }
    return Optional.of(text.toString());
  }

  private static boolean isQuote(char c) {
    return c == '\'' || (c >= '\u2018' && c <= '\u201B');
  }
}
