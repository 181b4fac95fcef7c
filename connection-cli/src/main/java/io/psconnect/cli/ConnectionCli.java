package io.psconnect.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The {@code connection} command. Its output is plain text without colours, its errors are one line
 * each, and {@link ExitCodes} says how it ends.
 */
@Command(
    name = "connection",
    description = {
      "Runs PowerShell scripts and copies files, on this machine and wherever else a",
      "backend reaches."
    },
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it worked; with `run`, the script's exit code, whatever it is",
      "64:wrong usage: an option, a URI, an empty script",
      "66:a file that is named cannot be read",
      "69:no such backend, no PowerShell, or the host cannot be reached",
      "70:a bug in this command",
      "73:the host would not have the file that was copied",
      "74:the session broke, or output could not be written",
      "75:the time was up",
      "77:the host refused who we are",
      "130:interrupted (Ctrl-C)"
    },
    footer = {
      "%nA script may end with one of these codes too: a failure of this command always",
      "has a line on standard error that begins with `connection: `."
    })
public final class ConnectionCli {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Add the stack trace to an error.")
  private boolean verbose;

  private ConnectionCli() {}

  /**
   * Runs the command on this process's own streams and ends the process with its exit code.
   *
   * @param arguments what was typed
   */
  public static void main(String[] arguments) {
    System.exit(ExitCodes.forThisSystem(run(Terminal.ofProcess(), arguments)));
  }

  /**
   * Runs the command. The streams stay open. Interrupting the thread, or ending the JVM, ends the
   * remote process.
   *
   * @param in what {@code -} reads
   * @param out takes the script's output and the command's own
   * @param err takes the script's error text and the command's errors
   * @param arguments what was typed
   * @return the exit code, all 32 bits of it
   */
  public static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
    return run(Terminal.of(in, out, err), arguments);
  }

  static int run(Terminal terminal, String... arguments) {
    try (ShutdownInterrupt shutdown = new ShutdownInterrupt()) {
      return commandLine(terminal, shutdown).execute(arguments);
    }
  }

  private static CommandLine commandLine(Terminal terminal, ShutdownInterrupt shutdown) {
    ConnectionCli top = new ConnectionCli();
    ErrorReport errors = new ErrorReport(terminal.err(), () -> top.verbose);
    return new CommandLine(top)
        .addSubcommand(new RunCommand(terminal, shutdown))
        .addSubcommand(new CopyCommand(terminal, shutdown))
        .addSubcommand(new CheckCommand(terminal, shutdown))
        .addSubcommand(new DemoCommand(terminal, shutdown))
        .setOut(new PrintWriter(terminal.out(), true))
        .setErr(new PrintWriter(terminal.err(), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }
}
