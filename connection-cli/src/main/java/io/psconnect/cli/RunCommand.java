package io.psconnect.cli;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.DurationText;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a script: its output is ours as it comes, and so is its exit code. */
@Command(
    name = "run",
    description = "Runs a script, passes its output on as it comes, and ends with its exit code.")
final class RunCommand implements Callable<Integer> {
  private static final String STDIN = "-";

  private final Terminal terminal;

  @Mixin private final HostOptions host;

  @Parameters(
      paramLabel = "SCRIPT",
      description = "A PowerShell file on this machine; - reads the script from standard input.")
  private String script;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "The script's standard input; - passes ours on. Default: none.")
  private String input;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long it may take: 500ms, 30s, 5m. Default: the URI's timeout, or 5m.")
  private String timeout;

  @Option(
      names = "--carrier",
      paramLabel = "WAY",
      defaultValue = "automatic",
      description = {
        "How the script travels: automatic, inline, or framed, which keeps its text off the"
            + " host's command line. Default: automatic."
      })
  private Carrier carrier;

  RunCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    this.terminal = terminal;
    host = new HostOptions(terminal, shutdown);
  }

  @Override
  public Integer call() throws Exception {
    Script call = script();
    try (Connection connection = host.connection()) {
      connection.open();
      return connection.runScript(call).exitCode();
    }
  }

  private Script script() throws IOException {
    if (STDIN.equals(script) && STDIN.equals(input)) {
      throw new IllegalArgumentException(
          "standard input is either the script or the script's input; name a file for one of them");
    }
    Script call =
        source()
            .withInput(input())
            .withCarrier(carrier)
            .withListener(new StreamedOutput(terminal))
            .withOutputLimit(0);
    return timeout == null ? call : call.withTimeout(DurationText.parse("--timeout", timeout));
  }

  private Script source() throws IOException {
    return STDIN.equals(script)
        ? Script.ofBytes(terminal.in().readAllBytes())
        : Script.ofFile(host.file("script file", script).requireReadable());
  }

  private ScriptInput input() throws UnreadableFileException {
    if (input == null) {
      return ScriptInput.empty();
    }
    return STDIN.equals(input)
        ? () -> leftOpen(terminal.in())
        : ScriptInput.ofFile(host.file("input file", input).requireReadable());
  }

  /** Standard input is not ours to close, and a reader may hang in it when the script ends. */
  private static InputStream leftOpen(InputStream stream) {
    return new FilterInputStream(stream) {
      @Override
      public void close() {}
    };
  }
}
