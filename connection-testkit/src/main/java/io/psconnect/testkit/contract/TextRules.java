package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Result;
import java.util.List;
import java.util.stream.Collectors;

/** A script's text arrives as it was written, whatever it holds and however long it is. */
public interface TextRules extends ContractRules {

  /**
   * Letters of any script come out of a script as they are.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-01",
      reason = "Code pages turn output into question marks: pywinrm#288, Win32-OpenSSH#1225.")
  default void outputIsUnicodeWhateverTheCodePage() throws Exception {
    assertEquals("\u00fc\u20ac\u65e5", host().said("-join [char[]](0xFC, 0x20AC, 0x65E5)"));
  }

  /**
   * Letters of any script go into a script as they are.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-02",
      reason = "The way in has code pages of its own: Win32-OpenSSH#1768.")
  default void lettersOfAnyAlphabetReachTheScript() throws Exception {
    assertEquals(
        List.of("252", "8364", "26085"), host().lines("[int[]][char[]]'\u00fc\u20ac\u65e5'"));
  }

  /**
   * Characters outside the Basic Multilingual Plane arrive.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(id = "TEXT-03", reason = "Emoji are two units in UTF-16 and four bytes in UTF-8.")
  default void emojiPassBothWays() throws Exception {
    assertEquals("2 \ud83d\ude80", host().said("$s = '\ud83d\ude80'; \"$($s.Length) $s\""));
  }

  /**
   * All quotes that PowerShell knows pass.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-04",
      reason = "Doubling only the ASCII quote lets U+2019 end a literal: text becomes code.")
  default void quotesOfEveryKindPass() throws Exception {
    String quotes = "'\u2018\u2019\u201a\u201b\"\u201c\u201d\u201e";
    assertEquals(quotes, host().said("@'\n" + quotes + "\n'@"));
  }

  /**
   * What a shell on the way would interpret passes.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-05",
      reason = "cmd.exe, sh and a PowerShell login shell each change other characters.")
  default void noShellOnTheWayInterpretsTheScript() throws Exception {
    String signs = "$HOME `n %PATH% ^ & | < > ! * ? ~ \\ \\\\ ; # {0} $(1) @(2)";
    assertEquals(signs, host().said("@'\n" + signs + "\n'@"));
  }

  /**
   * Line ends within a script are part of its text.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-06",
      reason = "Transports that normalise line ends change here-strings, and so file contents.")
  default void lineEndsInTheScriptAreKept() throws Exception {
    assertEquals("97 13 98 10 99 13 10 100", host().said("\"$([int[]][char[]]'a\rb\nc\r\nd')\""));
  }

  /**
   * NUL is a character like another.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(id = "TEXT-07", reason = "A text that ends at NUL runs a part of the script.")
  default void nulInTheScriptEndsNothing() throws Exception {
    assertEquals("97 0 98", host().said("\"$([int[]][char[]]'a\0b')\""));
  }

  /**
   * A script may be of any length.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-08",
      reason = "cmd.exe takes 8191 characters: WinRb#41, pywinrm#87 #184, winrm4j#144.")
  default void scriptOf300KilobytesRunsWhole() throws Exception {
    String line = "$n = 'twenty characters' + '\u00e4'.Length; $count++\n";
    int lines = 300_000 / line.length();
    assertEquals("" + lines, host().said("$n = ''; $count = 0\n" + line.repeat(lines) + "$count"));
  }

  /**
   * A script may end in a comment without a line end.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-09",
      reason = "What a launcher appends must not become a part of the last comment.")
  default void commentMayEndTheScript() throws Exception {
    assertEquals(1, host().run("Get-Item /no/such/file/anywhere # and that was it").exitCode());
    assertEquals("x", host().said("'x' # and that was it"));
  }

  /**
   * A script may begin with {@code param}.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-10",
      reason = "What a launcher puts before the script makes its param block a syntax error.")
  default void paramBlockMayBeginTheScript() throws Exception {
    assertSaysWithoutError("blue", "param($Colour = 'blue')\n$Colour");
  }

  /**
   * A script may have named blocks.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-11",
      reason = "Statements put around begin, process and end are a syntax error.")
  default void namedBlocksRunInOrder() throws Exception {
    assertEquals(
        "a,b,c",
        host().lines("begin { 'a' } process { 'b' } end { 'c' }").stream()
            .collect(Collectors.joining(",")));
  }

  /**
   * A byte order mark at the start is no part of the script.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TEXT-12",
      reason = "Scripts read from files of Windows editors begin with one; it is no command.")
  default void byteOrderMarkIsIgnored() throws Exception {
    assertSaysWithoutError("x", "\ufeffparam($x = 'x')\n$x");
  }

  /** A param block out of its place is a command that is not found, which ends nothing. */
  private void assertSaysWithoutError(String expected, String script) throws Exception {
    Result result = host().run(script);
    assertEquals("", result.stderr());
    assertEquals(expected, result.stdout().strip());
  }
}
