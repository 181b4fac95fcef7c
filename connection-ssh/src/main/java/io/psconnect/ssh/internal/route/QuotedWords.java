package io.psconnect.ssh.internal.route;

import java.util.ArrayList;
import java.util.List;

/** Splits a line into words, with quotes, backslashes and comments as OpenSSH 8.7 and later. */
final class QuotedWords {
  private static final char NONE = 0;

  private final String text;
  private final List<String> words = new ArrayList<>();
  private int at;

  QuotedWords(String text) {
    this.text = text;
  }

  /**
   * The words up to a comment.
   *
   * @throws IllegalArgumentException if a quote is not closed
   */
  List<String> read() {
    for (skipBlanks(); at < text.length() && text.charAt(at) != '#'; skipBlanks()) {
      words.add(word());
    }
    return words;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    char quote = NONE;
    for (; at < text.length(); at++) {
      char next = text.charAt(at);
      if (quote == NONE && isBlank(next)) {
        break;
      } else if (quote == NONE && isQuote(next)) {
        quote = next;
      } else if (quote != NONE && next == quote) {
        quote = NONE;
      } else {
        word.append(next == '\\' && isEscaped(at + 1, quote) ? text.charAt(++at) : next);
      }
    }
    if (quote != NONE) {
      throw new IllegalArgumentException("the quote %s is not closed".formatted(quote));
    }
    return word.toString();
  }

  private boolean isEscaped(int index, char quote) {
    if (index == text.length()) {
      return false;
    }
    char next = text.charAt(index);
    return isQuote(next) || next == '\\' || quote == NONE && next == ' ';
  }

  private static boolean isQuote(char each) {
    return each == '"' || each == '\'';
  }

  private static boolean isBlank(char each) {
    return each == ' ' || each == '\t';
  }
}
