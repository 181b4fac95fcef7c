package io.psconnect.ssh.internal.route;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code %} and a letter stand for in a value, see TOKENS of ssh_config(5). */
final class Tokens {
  private static final Pattern TOKEN = Pattern.compile("%(.?)", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, String> meanings;

  Tokens(Map<String, String> meanings) {
    this.meanings = new TreeMap<>(meanings);
    this.meanings.put("%", "%");
  }

  /** Puts in what the tokens of a value stand for. */
  String expand(String value, ConfigLine line) {
    return TOKEN
        .matcher(value)
        .replaceAll(token -> Matcher.quoteReplacement(meaning(token, value, line)));
  }

  /** Puts in what the tokens and the environment's variables stand for. */
  String expandWithVariables(String value, ConfigLine line) {
    return VARIABLE
        .matcher(expand(value, line))
        .replaceAll(name -> Matcher.quoteReplacement(variable(name.group(1), line)));
  }

  private String meaning(MatchResult token, String value, ConfigLine line) {
    return Optional.ofNullable(meanings.get(token.group(1)))
        .orElseThrow(
            () ->
                line.broken(
                    "%s is '%s'; '%s' is not known here, only %%%s"
                        .formatted(
                            line.keyword(),
                            value,
                            token.group(),
                            String.join(", %", meanings.keySet()))));
  }

  private static String variable(String name, ConfigLine line) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(
            () -> line.broken("the environment has no variable '%s'; set it".formatted(name)));
  }
}
