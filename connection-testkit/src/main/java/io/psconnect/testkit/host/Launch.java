package io.psconnect.testkit.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How command lines become processes where PowerShell is real. */
public final class Launch {
  private static final Pattern POWERSHELL =
      Pattern.compile("\\A(?:powershell|pwsh)(?:\\.exe)?(?=\\s)", Pattern.CASE_INSENSITIVE);

  private Launch() {}

  /**
   * As an SSH server gives them to the user's login shell.
   *
   * @param shell the shell and its option before a command
   * @param powerShell takes the place of a bare {@code powershell.exe} or {@code pwsh}
   */
  public static Function<String, List<String>> byShell(
      List<String> shell, Optional<Path> powerShell) {
    return line -> Stream.concat(shell.stream(), Stream.of(mapped(line, powerShell))).toList();
  }

  /**
   * Without a shell, split at blanks outside of quotes.
   *
   * @param powerShell takes the place of any {@code powershell.exe} or {@code pwsh}
   */
  public static Function<String, List<String>> directly(Optional<Path> powerShell) {
    return line -> {
      CommandLine command = CommandLine.parse(line);
      String program =
          powerShell
              .filter(path -> command.startsPowerShell())
              .map(Path::toString)
              .orElse(command.program());
      return Stream.concat(Stream.of(program), command.arguments().stream()).toList();
    };
  }

  private static String mapped(String commandLine, Optional<Path> powerShell) {
    return powerShell
        .map(path -> POWERSHELL.matcher(commandLine).replaceFirst(quoted(path)))
        .orElse(commandLine);
  }

  /** A path that needs no quotes gets none, since PowerShell would take them for a string. */
  private static String quoted(Path path) {
    String text = path.toString();
    return Matcher.quoteReplacement(text.contains(" ") ? "\"" + text + "\"" : text);
  }
}
