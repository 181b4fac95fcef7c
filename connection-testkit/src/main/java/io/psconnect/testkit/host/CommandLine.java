package io.psconnect.testkit.host;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A command line that starts PowerShell, split as all shells split those that have no more in them
 * than quotes and blanks. What stands on further lines is for shells.
 */
public record CommandLine(String program, List<String> arguments) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|([^\\s\"']+)");
  private static final Set<String> POWERSHELL = Set.of("powershell", "pwsh");

  public static CommandLine parse(String line) {
    List<String> words =
        WORD.matcher(line.lines().findFirst().orElse("").strip())
            .results()
            .map(CommandLine::text)
            .dropWhile("&"::equals)
            .toList();
    return words.isEmpty()
        ? new CommandLine("", words)
        : new CommandLine(words.get(0), words.subList(1, words.size()));
  }

  private static String text(MatchResult word) {
    for (int group = 1; group <= 3; group++) {
      if (word.group(group) != null) {
        return word.group(group);
      }
    }
    throw new IllegalStateException("every word is of one of three kinds");
  }

  public boolean startsPowerShell() {
    String name =
        program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
    return POWERSHELL.contains(name.toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", ""));
  }
}
