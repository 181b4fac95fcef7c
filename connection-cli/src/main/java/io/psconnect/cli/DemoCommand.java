package io.psconnect.cli;

import io.psconnect.Backends;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.UnsupportedBackendException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs one small script through every backend that works here, to be seen working. */
@Command(
    name = "demo",
    description = {
      "Runs one small script through every backend on this machine.",
      "Where there is no PowerShell, a scripted stand-in answers."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String INPUT = "hello from standard input";
  private static final List<String> SCRIPT =
      List.of("\"$($PSVersionTable.PSVersion)\"", "[Console]::In.ReadToEnd()", "exit 7");

  private final PrintStream out;
  private final ShutdownInterrupt shutdown;

  DemoCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    out = terminal.out();
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() throws Exception {
    shutdown.arm();
    out.println("This script, with '%s' as its input:".formatted(INPUT));
    SCRIPT.forEach(line -> out.println("    " + line));
    out.println();
    out.println(row("backend", "PowerShell", "input read back", "exit code", "milliseconds"));
    runThroughBackends(Backends.installed());
    return 0;
  }

  private void runThroughBackends(Backends backends)
      throws ConnectionException, InterruptedException {
    for (String id : backends.ids()) {
      try (Connection connection = backends.connection(backends.options(id))) {
        connection.open();
        out.println(measured(connection));
      } catch (UnsupportedBackendException e) {
        standIn(e);
      }
    }
    out.println();
    out.println("Exit code 7 is the script's own: a result, not an error. The milliseconds are those");
    out.println("of one call, PowerShell's start included, after one that is not shown.");
  }
}
