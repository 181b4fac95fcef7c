package io.psconnect.winrm.internal.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The ways to log in that a host offers in its WWW-Authenticate headers (RFC 9110, 11.6.1). */
final class Offers {
  private static final int SHOWN = 10;

  private final List<String> challenges;

  Offers(List<String> headers) {
    challenges = headers.stream().flatMap(header -> split(header).stream()).toList();
  }

  /** At commas, but for those in quotes. */
  private static List<String> split(String header) {
    List<String> parts = new ArrayList<>();
    boolean isQuoted = false;
    int start = 0;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      isQuoted ^= c == '"';
      if (c == ',' && !isQuoted) {
        parts.add(header.substring(start, i).strip());
        start = i + 1;
      }
    }
    parts.add(header.substring(start).strip());
    return parts;
  }

  boolean has(String scheme) {
    return challenges.stream().anyMatch(challenge -> word(challenge).equalsIgnoreCase(scheme));
  }

  /** What stands after the scheme's word. */
  Optional<String> token(String scheme) {
    return challenges.stream()
        .filter(challenge -> word(challenge).equalsIgnoreCase(scheme))
        .map(challenge -> challenge.substring(scheme.length()).strip())
        .filter(token -> !token.isEmpty())
        .findFirst();
  }

  private static String word(String challenge) {
    int end = challenge.indexOf(' ');
    return end < 0 ? challenge : challenge.substring(0, end);
  }

  /** For instance {@code Negotiate, Kerberos}; without the parameters. */
  @Override
  public String toString() {
    Set<String> words =
        challenges.stream()
            .map(Offers::word)
            .filter(word -> word.matches("[A-Za-z0-9-]{1,40}"))
            .limit(SHOWN)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }
}
