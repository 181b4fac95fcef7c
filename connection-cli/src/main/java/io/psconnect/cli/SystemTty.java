package io.psconnect.cli;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal of this process. */
final class SystemTty implements Tty {
  private static final int USUAL_COLUMNS = 80;
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\s*\\d+ (\\d{1,4})\\s*");

  /** Java cannot say it of standard error alone; where there is no shell, the console decides. */
  @Override
  public OptionalInt errorColumns() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    if (windows) {
      return console().isPresent() ? OptionalInt.of(USUAL_COLUMNS) : OptionalInt.empty();
    }
    try {
      return askShell();
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  private static OptionalInt askShell() throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("/bin/sh", "-c", "test -t 2 || exit 1; stty size <&2 2>/dev/null; :")
            .redirectError(Redirect.INHERIT)
            .start();
    shell.getOutputStream().close();
    String size = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    boolean terminal = shell.waitFor(5, TimeUnit.SECONDS) && shell.exitValue() == 0;
    return terminal ? OptionalInt.of(columns(size)) : OptionalInt.empty();
  }

  /** The columns that {@code stty size} tells; what it cannot mean is taken as the usual. */
  static int columns(String size) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(size);
    int columns = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    return columns < 20 ? USUAL_COLUMNS : columns;
  }

  @Override
  public Optional<char[]> readSecret(String question) {
    return console()
        .map(console -> console.readPassword("%s", question))
        .map(typed -> typed == null ? new char[0] : typed);
  }

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(SystemTty::isTerminal);
  }

  /** From Java 22 on there is a console without a terminal, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
