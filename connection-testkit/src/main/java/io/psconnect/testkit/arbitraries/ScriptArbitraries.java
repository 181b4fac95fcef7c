package io.psconnect.testkit.arbitraries;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Script text: what PowerShell's parser takes, and what a text may hold at all. */
@SuppressWarnings("exports") // who uses arbitraries has jqwik; who uses a fake must not need it
public final class ScriptArbitraries {
  /** Any of them opens, closes or is doubled in a literal (CharTraits.cs). */
  private static final String SINGLE_QUOTES = "'\u2018\u2019\u201A\u201B";

  private static final String DOUBLE_QUOTES = "\"\u201C\u201D\u201E";
  private static final int MAX_STATEMENTS = 12;
  private static final int MAX_TEXT = 40;

  private static final List<String> STATEMENTS =
      List.of(
          "$a = 1 + 2",
          "${a b} = $null",
          "1, 2, 3 | ForEach-Object { $_ * 2 }",
          "if ($true) { 'yes' } else { 'no' }",
          "foreach ($i in 1..3) { $i }",
          "switch (2) { 1 { 'one' } default { 'other' } }",
          "try { throw 'x' } catch { \"caught $_\" } finally { $null }",
          "function Get-Thing { param([string] $Name) $Name }",
          "& { $input }",
          "@{ a = 1; 'b c' = @(2, 3) }",
          "[char]0x41 -replace 'a', \"b\"",
          "Write-Output `\n  'continued'",
          "Write-Output `\r\n  -InputObject 5",
          "$h = @{}; $h.key = \"$($h.Count) items\"",
          "Write-Output \u2013InputObject 5",
          "$x\u00A0=\u00A01");

  private static final List<String> EXPANDABLE_PIECES =
      List.of(
          "a b", "`$", "``", "`n", "`\"", "\"\"", "$PID", "$(1 + 1)", "${a b}", "'", "\u2019", "#");

  private ScriptArbitraries() {}

  /**
   * Scripts that PowerShell's parser takes: statements, literals in quotes of every kind,
   * here-strings and comments, with line ends of all three kinds, text from all of Unicode, dollar
   * signs and backticks. They can be run: nothing they do is harmful, lasts, or needs more than a
   * bare PowerShell.
   *
   * @return scripts of one to twelve parts
   */
  public static Arbitrary<String> scripts() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
            Arbitraries.of(STATEMENTS),
            literals(),
            expandableLiterals(),
            hereStrings(),
            lineComments(),
            blockComments());
    Arbitrary<String> terminated = Combinators.combine(part, separators()).as(String::concat);
    return terminated.list().ofMinSize(1).ofMaxSize(MAX_STATEMENTS).map(ScriptArbitraries::join);
  }

  private static Arbitrary<String> separators() {
    return Arbitraries.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n");
  }

  /**
   * Single-quoted literals of any text: what stands between the quotes is literal, but for the five
   * quotes themselves, which are doubled.
   *
   * @return literals with their quotes
   */
  public static Arbitrary<String> literals() {
    return Combinators.combine(singleQuotes(), anyText(), singleQuotes())
        .as((open, text, close) -> open + doubled(text) + close);
  }

  private static String doubled(String text) {
    return text.replaceAll("([" + SINGLE_QUOTES + "])", "$1$1");
  }

  private static Arbitrary<Character> singleQuotes() {
    return Arbitraries.chars().with(SINGLE_QUOTES.toCharArray());
  }

  private static Arbitrary<String> expandableLiterals() {
    Arbitrary<Character> quotes = Arbitraries.chars().with(DOUBLE_QUOTES.toCharArray());
    Arbitrary<String> text =
        Arbitraries.of(EXPANDABLE_PIECES).list().ofMaxSize(6).map(ScriptArbitraries::join);
    return Combinators.combine(quotes, text, quotes)
        .as((open, content, close) -> open + content + close);
  }

  /** Without @ in the text, no line of it can end the here-string. */
  private static Arbitrary<String> hereStrings() {
    Arbitrary<String> text = anyText().map(content -> content.replace('@', 'a'));
    return Combinators.combine(separators(), text, separators())
        .as((begin, content, end) -> "@'" + begin + content + end + "'@");
  }

  private static Arbitrary<String> lineComments() {
    return anyText().map(text -> "# " + text.replaceAll("[\r\n]", " "));
  }

  private static Arbitrary<String> blockComments() {
    return anyText().map(text -> "<# " + text.replace('#', ' ') + " #>");
  }

  /**
   * Any text that has a UTF-8 form, whether or not PowerShell can parse it: NUL and other controls,
   * quotes of every kind, dollar signs, backticks, line ends, characters of one to four bytes. It
   * does not begin with a byte order mark, which {@link io.psconnect.Script} takes off.
   *
   * @return texts of 1 to 40 characters
   */
  public static Arbitrary<String> anyText() {
    return text(codePoints());
  }

  /**
   * Any text that a Java string can hold: as {@link #anyText()}, and with halves of surrogate pairs
   * that stand alone.
   *
   * @return texts of 1 to 40 characters
   */
  public static Arbitrary<String> anyTextWithLoneSurrogates() {
    Arbitrary<Integer> halves = Arbitraries.integers().between(0xD800, 0xDFFF);
    return text(Arbitraries.oneOf(codePoints(), codePoints(), halves));
  }

  private static Arbitrary<String> text(Arbitrary<Integer> codePoints) {
    return codePoints
        .list()
        .ofMinSize(1)
        .ofMaxSize(MAX_TEXT)
        .map(list -> list.stream().map(Character::toString).collect(Collectors.joining()))
        .filter(text -> !text.startsWith("\uFEFF"));
  }

  private static Arbitrary<Integer> codePoints() {
    return Arbitraries.oneOf(
        between(' ', '~'),
        between(0, 0x1F),
        Arbitraries.of((SINGLE_QUOTES + DOUBLE_QUOTES + "$`@#\r\n_").chars().boxed().toList()),
        between(0x7F, 0x7FF),
        between(0x800, 0xD7FF),
        between(0xE000, 0xFFFF),
        between(0x10000, 0x10FFFF));
  }

  private static Arbitrary<Integer> between(int first, int last) {
    return Arbitraries.integers().between(first, last);
  }

  private static String join(List<String> parts) {
    return String.join("", parts);
  }
}
