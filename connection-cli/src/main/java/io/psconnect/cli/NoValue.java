package io.psconnect.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Refuses {@code --password=VALUE}, and does not repeat the value. */
final class NoValue implements IParameterPreprocessor {
  private static final String ATTACHED = "=";

  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (ATTACHED.equals(info.get("separator"))) {
      throw new ParameterException(
          command.commandLine(),
          "%s takes no value, which would show in process lists: it asks for one"
              .formatted(((OptionSpec) option).longestName()));
    }
    return false;
  }
}
