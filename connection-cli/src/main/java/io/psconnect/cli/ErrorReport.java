package io.psconnect.cli;

import java.io.PrintStream;
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
  private final PrintStream err;
  private final BooleanSupplier verbose;

  ErrorReport(PrintStream err, BooleanSupplier verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    String message = failure.getMessage() + suggestion(failure);
    return report(failure, withHelp(message, failure.getCommandLine()), ExitCodes.USAGE);
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    int exitCode = ExitCodes.of(failure);
    return report(failure, message(failure, exitCode, command), exitCode);
  }

  private static String message(Exception failure, int exitCode, CommandLine command) {
    return switch (exitCode) {
      case ExitCodes.USAGE -> withHelp(failure.getMessage(), command);
      case ExitCodes.BUG ->
          "internal error: %s; run again with --verbose and report it".formatted(failure);
      default -> failure.getMessage();
    };
  }

  private static String suggestion(ParameterException failure) {
    List<String> suggestions =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return suggestions.isEmpty()
        ? ""
        : "; did you mean %s?".formatted(String.join(" or ", suggestions));
  }

  private static String withHelp(String message, CommandLine command) {
    String end = message.endsWith("?") || message.endsWith(".") ? " See" : "; see";
    return "%s%s '%s --help'".formatted(message, end, command.getCommandSpec().qualifiedName());
  }

  private int report(Exception failure, String message, int exitCode) {
    err.println("connection: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode;
  }
}
