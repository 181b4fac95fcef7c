package io.psconnect.ssh.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WildcardProperties {

  @Property
  void matchesWhatTheSameRegularExpressionMatches(
      @ForAll("patterns") String pattern, @ForAll("texts") String text) {
    assertEquals(
        Pattern.matches(expression(pattern), text), Wildcard.matches(pattern, text), pattern);
  }

  private static String expression(String pattern) {
    return pattern
        .chars()
        .mapToObj(each -> each == '*' ? ".*" : each == '?' ? "." : Pattern.quote("" + (char) each))
        .reduce("", String::concat);
  }

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.strings().withChars("ab.*?").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab.").ofMaxLength(10);
  }

  @Example
  void hostilePatternTakesNoTime() {
    String pattern = "*a".repeat(2000) + "b";
    assertTimeout(
        Duration.ofSeconds(5), () -> assertFalse(Wildcard.matches(pattern, "a".repeat(5000))));
  }
}
