package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerShellLiteralTest {

  @Test
  void allFiveQuotesAreDoubledAndNothingElse() {
    assertEquals(
        "'a''b\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B \u201C\"`$\n\0'",
        PowerShellLiteral.quote("a'b\u2018\u2019\u201A\u201B \u201C\"`$\n\0"));
  }

  @Test
  void noTextIsAnEmptyLiteral() {
    assertEquals("''", PowerShellLiteral.quote(""));
    assertEquals(Optional.of(""), PowerShellLiteral.unquote("''"));
  }

  @Test
  void twoDifferentQuotesStandForTheSecond() {
    assertEquals(Optional.of("a\u2019b"), PowerShellLiteral.unquote("\u2018a'\u2019b\u201B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'", "a", "'a", "a'", "'a'b'", "'a''", "'''", "'a'+'b'", "\"a\""})
  void whatIsNotOneLiteralIsNone(String expression) {
    assertEquals(Optional.empty(), PowerShellLiteral.unquote(expression));
  }

  @Property
  void anyTextComesBack(@ForAll("text") String text) {
    assertEquals(Optional.of(text), PowerShellLiteral.unquote(PowerShellLiteral.quote(text)));
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.chars().with("'\u2018\u2019\u201A\u201B")),
            Tuple.of(1, Arbitraries.chars().all()))
        .list()
        .map(chars -> chars.stream().map(String::valueOf).reduce("", String::concat));
  }

  @Test
  void nullIsNamed() {
    assertEquals(
        "text",
        assertThrows(NullPointerException.class, () -> PowerShellLiteral.quote(null)).getMessage());
    assertEquals(
        "literal",
        assertThrows(NullPointerException.class, () -> PowerShellLiteral.unquote(null))
            .getMessage());
  }
}
