package io.psconnect.cli;

import io.psconnect.ConnectionException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of an error in one line that ends with what to do next. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** What the backend's advice calls by the names that code has for it. */
  private static final String CREDENTIALS =
      "; with this command: key=PATH in the URI, --password, --passphrase";

  private static final String CREDENTIALS_OF_WINRM =
      "; with this command: --password, --auth WAY, or keytab=PATH or ccache=PATH in the URI";

  private final PrintStream err;
  private final BooleanSupplier verbose;

  ErrorReport(PrintStream err, BooleanSupplier verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** Without a stack trace, which would say nothing but repeat the arguments. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    String message =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, arguments)
            : failure.getMessage();
    report(withHelp(message, failure.getCommandLine()));
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    int exitCode = ExitCodes.of(failure);
    report(message(failure, exitCode, command));
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
      err.flush();
    }
    return exitCode;
  }

  private static String message(Exception failure, int exitCode, CommandLine command) {
    String words = words(failure);
    return switch (exitCode) {
      case ExitCodes.USAGE -> withHelp(words, command);
      case ExitCodes.REFUSED -> words + credentials(failure);
      case ExitCodes.BUG ->
          "internal error: %s; run again with --verbose and report it".formatted(failure);
      default -> words;
    };
  }

  /** Some exceptions of the JDK say nothing but their type. */
  static String words(Exception failure) {
    if (failure.getMessage() != null) {
      return failure.getMessage();
    }
    return failure instanceof InterruptedException
        ? "interrupted"
        : "%s without a reason; run again with --verbose to see where"
            .formatted(failure.getClass().getSimpleName());
  }

  private static String credentials(Exception failure) {
    Throwable refusal = failure instanceof ConnectionException ? failure : failure.getCause();
    boolean winRm =
        refusal instanceof ConnectionException refused
            && refused.backend().equals(WinRmShorthands.BACKEND);
    return winRm ? CREDENTIALS_OF_WINRM : CREDENTIALS;
  }

  /** Names the first alone, and no value: what follows a misspelt option may be a secret. */
  private static String unmatched(UnmatchedArgumentException failure, String[] arguments) {
    String first = failure.getUnmatched().get(0);
    if (failure.isUnknownOption()) {
      return "unknown option '%s'%s".formatted(first.replaceFirst("=.*", ""), meant(failure));
    }
    return Secrets.options().anyMatch(Arrays.asList(arguments)::contains)
        ? "one argument too many; " + Secrets.TAKE_NO_VALUE
        : "unexpected argument '%s'%s".formatted(first, meant(failure));
  }

  private static String meant(UnmatchedArgumentException failure) {
    List<String> suggestions = failure.getSuggestions();
    return suggestions.isEmpty()
        ? ""
        : "; did you mean %s?".formatted(String.join(" or ", suggestions));
  }

  private static String withHelp(String message, CommandLine command) {
    String end = message.endsWith("?") || message.endsWith(".") ? " See" : "; see";
    return "%s%s '%s --help'".formatted(message, end, command.getCommandSpec().qualifiedName());
  }

  private void report(String message) {
    err.println("connection: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    err.flush();
  }
}
