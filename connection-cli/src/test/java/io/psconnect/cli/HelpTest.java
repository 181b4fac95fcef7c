package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @ParameterizedTest
  @ValueSource(ints = {64, 66, 69, 70, 73, 74, 75, 77, 130})
  void helpTellsEveryExitCode(int exitCode) {
    String help = Outcome.of("run", "--help").out();
    assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + exitCode + " ")), help);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "copy", "check", "demo"})
  void everyCommandIsListedAndHasHelp(String command) {
    assertTrue(Outcome.of("--help").out().contains("\n  " + command + " "));
    Outcome help = Outcome.of(command, "--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.out().startsWith("Usage: connection " + command), help.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "run --help", "copy --help", "check --help", "demo --help"})
  void helpFitsATerminalAndHasNoColours(String arguments) {
    String help = Outcome.of(arguments.split(" ")).out();
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
    assertFalse(help.contains("\u001B"), help);
  }

  /** What the help lists is what the backend takes, which its error for another option tells. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "ssh", "winrm"})
  void everyOptionOfABackendIsListed(String backend) {
    String refusal = Outcome.of("check", "--url", backend + ":?nope=1").error(64);
    List<String> taken = all("(?<=it has: )[^;]*", refusal);
    String help = Outcome.of("check", "--help").out().replaceAll("\\s+", " ");
    List<String> listed = all("(?<=Options of " + backend + ": )[^.]*(?:\\.{3}[^.]*)*", help);
    assertEquals(List.of(taken.get(0).split(", ")), all("[a-z0-9-]+(?==)", listed.get(0)), help);
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void theVersionNamesTheJavaThatRunsIt() {
    Outcome version = Outcome.of("--version");
    assertEquals(0, version.exitCode());
    assertTrue(version.out().startsWith("connection "), version.out());
    assertTrue(version.out().contains("Java " + Runtime.version().feature()), version.out());
  }
}
