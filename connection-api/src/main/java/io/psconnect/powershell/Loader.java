package io.psconnect.powershell;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The constant part of every command: it prepares the process, and runs the script that an
 * expression, the source, gives it. What each part is for stands in {@code loader.ps1} and the
 * files that it names.
 */
enum Loader {
  /** Leaves standard input to the script. */
  PLAIN("run.ps1"),

  /** Pipes lines into the script if its outermost block mentions {@code $input}. */
  WITH_INPUT("run-with-input.ps1"),

  /** Like the one before, for a process that waits for its script and warms up meanwhile. */
  STANDBY("run-with-input.ps1", PowerShellSource.oneLine("warm-up.ps1"));

  /** What the loader throws in Constrained Language Mode, before it has touched the script. */
  static final String CONSTRAINED = "PSCONNECT-CONSTRAINED-LANGUAGE";

  /** What the loader throws if standard input ends inside the frame. */
  static final String CUT = "PSCONNECT-CUT-FRAME: stdin ended inside the script, nothing was run";

  /**
   * Ends a script whose last statement failed, as PowerShell does. Two line ends, since the script
   * may end with a comment or a backtick; a semicolon, so that an unfinished pipeline stays an
   * error.
   */
  static final String TAIL = "\n\n;if(!$?){exit 1}";

  /**
   * Whether PowerShell's parser could find {@code $input} here; whether it does, it says itself.
   */
  private static final Pattern INPUT = Pattern.compile("[$@]\\{?input", Pattern.CASE_INSENSITIVE);

  private final String head;
  private final String foot;

  Loader(String run) {
    this(run, "");
  }

  Loader(String run, String warmUp) {
    String command =
        PowerShellSource.oneLine("loader.ps1")
            .replace("<warm-up>", warmUp)
            .replace("<run>", PowerShellSource.oneLine(run))
            .replace("<compile>", PowerShellSource.oneLine("compile.ps1"))
            .replace("<tail length>", Integer.toString(TAIL.length()))
            .replace("<constrained>", CONSTRAINED);
    int source = command.indexOf("<source>");
    head = command.substring(0, source);
    foot = command.substring(source + "<source>".length());
  }

  static Loader of(String script) {
    return INPUT.matcher(script).find() ? WITH_INPUT : PLAIN;
  }

  /** The whole command. */
  String command(String source) {
    return head + source + foot;
  }

  /** The source in a command that this loader begins. */
  Optional<String> source(String command) {
    boolean ours =
        command.length() >= head.length() + foot.length()
            && command.startsWith(head)
            && command.endsWith(foot);
    return ours
        ? Optional.of(command.substring(head.length(), command.length() - foot.length()))
        : Optional.empty();
  }
}
