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
  private final String announcingHead;
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
    String begin = command.substring(0, source);
    head = begin.replace("<announcement>", "");
    announcingHead = begin.replace("<announcement>", announcement());
    foot = command.substring(source + "<source>".length());
  }

  /** A constant of an enum cannot be read in its constructor. */
  private static String announcement() {
    return PowerShellSource.oneLine("announce.ps1").replace("<mark>", ProcessAnnouncement.MARK);
  }

  static Loader of(String script) {
    return INPUT.matcher(script).find() ? WITH_INPUT : PLAIN;
  }

  /** The whole command. */
  String command(String source) {
    return head + source + foot;
  }

  /** The whole command of a process that {@linkplain ProcessAnnouncement announces} itself. */
  String announcingCommand(String source) {
    return announcingHead + source + foot;
  }

  /** Whether this loader begins the command, and announces the process. */
  boolean isAnnouncing(String command) {
    return command.startsWith(announcingHead) && command.endsWith(foot);
  }

  /** The source in a command that this loader begins, whether it announces itself or not. */
  Optional<String> source(String command) {
    return source(announcingHead, command).or(() -> source(head, command));
  }

  private Optional<String> source(String begin, String command) {
    boolean ours =
        command.length() >= begin.length() + foot.length()
            && command.startsWith(begin)
            && command.endsWith(foot);
    return ours
        ? Optional.of(command.substring(begin.length(), command.length() - foot.length()))
        : Optional.empty();
  }
}
