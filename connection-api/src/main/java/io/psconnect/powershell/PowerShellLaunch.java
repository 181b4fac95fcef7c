package io.psconnect.powershell;

import io.psconnect.Carrier;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How PowerShell is started to run one script: its arguments, and what it must find first on
 * standard input. The same for every backend, for Windows PowerShell 5.1 and PowerShell 7.
 *
 * <p>Whichever {@linkplain Carrier carrier} is used, the script runs as the text of {@code pwsh
 * -EncodedCommand} does: in one process of its own, with the same scope, line numbers, {@code
 * $input} and exit code. What differs:
 *
 * <ul>
 *   <li>Input and output are UTF-8, whatever the host's code page; there are no colour codes and no
 *       progress records. A byte order mark before the script is taken off.
 *   <li>A script that does not parse says line, column and reason; PowerShell is silent when it
 *       ends too early. A backtick at its end is ignored.
 *   <li>Halves of surrogate pairs in the script arrive; PowerShell's own would be U+FFFD.
 *   <li>When the last command failed, the exit code is 1; but it is 0 in a script of named blocks
 *       ({@code begin}, {@code process}, {@code end}), and after a final {@code return}.
 * </ul>
 *
 * <p>Immutable.
 */
public final class PowerShellLaunch {
  private static final String ENCODED_COMMAND = "-EncodedCommand";
  private static final List<String> OPTIONS =
      List.of("-NoLogo", "-NoProfile", "-NonInteractive", ENCODED_COMMAND);
  private static final int OPTIONS_LENGTH = String.join(" ", OPTIONS).length() + 1;

  /** PowerShell 7 says of what kind the error is, "Exception: "; 5.1 begins with its message. */
  private static final Pattern CONSTRAINED =
      Pattern.compile("\\s*(?:\\w+: )?" + Pattern.quote(Loader.CONSTRAINED) + ".*", Pattern.DOTALL);

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Carrier carrier;
  private final String encodedCommand;
  private final byte[] frame;
  private final boolean fitsStandby;

  private PowerShellLaunch(Carrier carrier, String command, ScriptSource source) {
    this.carrier = carrier;
    this.encodedCommand = encoded(command);
    this.frame = source.frame();
    this.fitsStandby = source.isPlainFrame();
  }

  private static String encoded(String command) {
    return Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_16LE));
  }

  /**
   * The launch of a script.
   *
   * @param script its text; a byte order mark at its beginning is taken off. What only PowerShell
   *     can judge, that it parses, is not checked
   * @param carrier the way to take; {@link Carrier#AUTOMATIC} takes the command line where it fits
   * @param commandLineBudget the most characters the {@linkplain #arguments() arguments} may have,
   *     joined by single blanks: the limit of everything between here and the process, less what
   *     stands around them, such as PowerShell's path
   * @return the launch
   * @throws IllegalArgumentException if the budget is too small; for {@link Carrier#INLINE} that is
   *     a script too long for it
   */
  public static PowerShellLaunch of(String script, Carrier carrier, int commandLineBudget) {
    return of(script, carrier, commandLineBudget, Loader::command);
  }

  /**
   * The launch of a script in a process that says its id on stderr before anything else, as {@link
   * ProcessAnnouncement} reads it, so that it can be {@linkplain ProcessTreeEnd ended} from a
   * second process.
   *
   * @param script as in {@link #of}
   * @param carrier as in {@link #of}
   * @param commandLineBudget as in {@link #of}
   * @return the launch
   * @throws IllegalArgumentException as in {@link #of}
   */
  public static PowerShellLaunch announcing(String script, Carrier carrier, int commandLineBudget) {
    return of(script, carrier, commandLineBudget, Loader::announcingCommand);
  }

  private static PowerShellLaunch of(
      String script, Carrier carrier, int budget, BiFunction<Loader, String, String> command) {
    Objects.requireNonNull(script, "script");
    Objects.requireNonNull(carrier, "carrier");
    String text = withoutByteOrderMark(script);
    return switch (carrier) {
      case INLINE -> inline(text, command).within(budget);
      case FRAMED -> framed(text, command).within(budget);
      case AUTOMATIC -> automatic(text, budget, command);
    };
  }

  private static PowerShellLaunch automatic(
      String text, int budget, BiFunction<Loader, String, String> command) {
    if (text.length() <= budget) {
      PowerShellLaunch inline = inline(text, command);
      if (inline.length() <= budget) {
        return inline;
      }
    }
    return framed(text, command).within(budget);
  }

  private static PowerShellLaunch inline(String text, BiFunction<Loader, String, String> command) {
    ScriptSource source = ScriptSource.inline(text + Loader.TAIL);
    return new PowerShellLaunch(
        Carrier.INLINE, command.apply(Loader.of(text), source.expression()), source);
  }

  private static PowerShellLaunch framed(String text, BiFunction<Loader, String, String> command) {
    ScriptSource source = ScriptSource.framed(text + Loader.TAIL);
    return new PowerShellLaunch(
        Carrier.FRAMED, command.apply(Loader.of(text), source.expression()), source);
  }

  private PowerShellLaunch within(int budget) {
    if (length() > budget) {
      throw new IllegalArgumentException(
          "PowerShell's arguments would be %d characters long, the command line has room for %d; %s"
              .formatted(length(), budget, advice()));
    }
    return this;
  }

  private String advice() {
    return carrier == Carrier.INLINE
        ? "send the script by the carrier FRAMED or AUTOMATIC, or shorten it"
        : "that is the least any script needs, so the budget must be at least " + length();
  }

  private int length() {
    return OPTIONS_LENGTH + encodedCommand.length();
  }

  private static String withoutByteOrderMark(String script) {
    return script.startsWith(BYTE_ORDER_MARK) ? script.substring(1) : script;
  }

  /**
   * PowerShell's arguments, without PowerShell itself. They are letters, digits, {@code -}, {@code
   * +}, {@code /} and {@code =} alone, which no shell takes for anything else.
   *
   * @return {@code -NoLogo -NoProfile -NonInteractive -EncodedCommand} and the command
   */
  public List<String> arguments() {
    return arguments(encodedCommand);
  }

  private static List<String> arguments(String command) {
    return Stream.concat(OPTIONS.stream(), Stream.of(command)).toList();
  }

  /**
   * The way the script goes.
   *
   * @return {@link Carrier#INLINE} or {@link Carrier#FRAMED}
   */
  public Carrier carrier() {
    return carrier;
  }

  /**
   * What has to be sent on standard input before the caller's own data. Before its last byte has
   * been sent, nothing of the script can run: if standard input ends inside of it, PowerShell ends
   * with exit code 1 and a message on stderr that begins with {@code PSCONNECT-CUT-FRAME}.
   *
   * @return the script in its frame; nothing when it goes {@link Carrier#INLINE}
   */
  public byte[] frame() {
    return frame.clone();
  }

  /**
   * The arguments of a process that is started ahead and waits: it takes the {@linkplain #frame()
   * frame} of any launch that {@linkplain #fitsStandby() fits}, once, and then runs as that launch
   * would.
   *
   * @return in the form of {@link #arguments()}, some 3,500 characters
   */
  public static List<String> standbyArguments() {
    return arguments(encoded(Loader.STANDBY.command(ScriptSource.framed("").expression())));
  }

  /**
   * The same for a process that says its id, as with {@link #announcing}.
   *
   * @return in the form of {@link #arguments()}
   */
  public static List<String> announcingStandbyArguments() {
    return arguments(
        encoded(Loader.STANDBY.announcingCommand(ScriptSource.framed("").expression())));
  }

  /**
   * Whether the frame can be given to a process started with {@link #standbyArguments()}.
   *
   * @return false for a script that goes {@link Carrier#INLINE}, or has halves of surrogate pairs
   */
  public boolean fitsStandby() {
    return fitsStandby;
  }

  /**
   * Whether a process that was launched so has said that it is in Constrained Language Mode (by
   * AppLocker or App Control for Business), in which the script cannot be started. Nothing of it
   * has run then.
   *
   * @param exitCode how the process ended
   * @param stdout all of its output
   * @param stderr its errors, {@linkplain CliXmlDecoder decoded}
   * @return true if these are exactly what the loader gives in that mode
   */
  public static boolean isConstrainedLanguage(int exitCode, String stdout, String stderr) {
    Objects.requireNonNull(stdout, "stdout");
    Objects.requireNonNull(stderr, "stderr");
    return exitCode == 1 && stdout.isEmpty() && CONSTRAINED.matcher(stderr).matches();
  }

  /**
   * Finds the script in a launch: the inverse of {@link #of}, for whoever plays PowerShell's part.
   *
   * @param arguments those that PowerShell would be given
   * @param stdin what it would read; of this the frame is read, exactly, if there is one
   * @return the script's text, without the byte order mark it may have had
   * @throws EOFException if standard input ends inside the frame
   * @throws IOException if standard input cannot be read
   * @throws IllegalArgumentException if this is not the launch of a script as {@link #of} makes it
   */
  public static String parse(List<String> arguments, InputStream stdin) throws IOException {
    Objects.requireNonNull(arguments, "arguments");
    Objects.requireNonNull(stdin, "stdin");
    String command = command(arguments);
    for (Loader loader : Loader.values()) {
      Optional<String> source = loader.source(command);
      if (source.isPresent()) {
        return script(source.get(), stdin);
      }
    }
    throw notOurs("its command is not the loader with a script");
  }

  /**
   * Whether a process with these arguments says its id on stderr, for whoever plays PowerShell's
   * part.
   *
   * @param arguments those that PowerShell would be given
   * @return true for those of {@link #announcing}
   * @throws IllegalArgumentException if this is not the launch of a script
   */
  public static boolean isAnnouncing(List<String> arguments) {
    String command = command(Objects.requireNonNull(arguments, "arguments"));
    return Stream.of(Loader.values()).anyMatch(loader -> loader.isAnnouncing(command));
  }

  private static String script(String source, InputStream stdin) throws IOException {
    return ScriptSource.evaluate(source, stdin)
        .filter(text -> text.endsWith(Loader.TAIL))
        .map(text -> text.substring(0, text.length() - Loader.TAIL.length()))
        .orElseThrow(() -> notOurs("its loader is given no script"));
  }

  private static String command(List<String> arguments) {
    int last = arguments.size() - 1;
    if (last < 1 || !arguments.subList(0, last).equals(OPTIONS)) {
      throw notOurs("expected " + String.join(" ", OPTIONS) + " and a command");
    }
    try {
      return new String(Base64.getDecoder().decode(arguments.get(last)), StandardCharsets.UTF_16LE);
    } catch (IllegalArgumentException e) {
      throw notOurs("its command is not Base64");
    }
  }

  private static IllegalArgumentException notOurs(String reason) {
    return new IllegalArgumentException("not the launch of a script: " + reason);
  }
}
