package io.psconnect.cli;

import io.psconnect.Backends;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.FakeRunner;
import io.psconnect.testkit.ScriptedPowerShell;
import java.io.PrintStream;
import java.util.ArrayList;
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
  private static final String INPUT = "hello from stdin";
  private static final List<String> LINES =
      List.of("\"$($PSVersionTable.PSVersion)\"", "[Console]::In.ReadToEnd()", "exit 7");
  private static final Script SCRIPT = Script.of(String.join("\n", LINES)).withInput(INPUT);

  private final PrintStream out;
  private final ShutdownInterrupt shutdown;

  DemoCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    out = terminal.out();
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() throws ConnectionException, InterruptedException {
    shutdown.arm();
    tellScript();
    List<String> missing = runThrough(Backends.installed());
    tellMeaning();
    missing.forEach(this::tellStandIn);
    return 0;
  }

  private void tellScript() {
    out.println("This script runs with '%s' as its standard input:".formatted(INPUT));
    LINES.forEach(line -> out.println("    " + line));
    out.println();
    row("backend", "PowerShell", "read", "exit code", "milliseconds");
  }

  private void tellMeaning() {
    out.println();
    out.println(
        "The exit code is the script's own: a result, not an error. The time is that of one");
    out.println("call, PowerShell's start included, after one call that is not shown.");
  }

  private void tellStandIn(String reason) {
    out.println();
    out.println("'scripted' is a stand-in that knows this one script: nothing was run, because of");
    out.println("  " + reason);
    out.println("With PowerShell installed, run the demo again.");
  }

  /** Returns why stand-ins were needed. */
  private List<String> runThrough(Backends backends)
      throws ConnectionException, InterruptedException {
    List<String> missing = new ArrayList<>();
    for (String id : backends.ids()) {
      try (Connection connection = backends.connection(backends.options(id))) {
        connection.open();
        measure(id, connection);
      } catch (UnsupportedBackendException e) {
        missing.add(e.getMessage());
        measureStandIn();
      }
    }
    return missing;
  }

  private void measure(String name, Connection connection)
      throws ConnectionException, InterruptedException {
    connection.runScript(SCRIPT);
    Result result = connection.runScript(SCRIPT);
    List<String> said = result.stdout().lines().toList();
    row(
        name,
        said.isEmpty() ? "" : said.get(0),
        said.size() < 2 ? "" : said.get(1),
        Integer.toString(result.exitCode()),
        Long.toString(result.duration().toMillis()));
  }

  private void measureStandIn() throws ConnectionException, InterruptedException {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell
        .whenScriptContains("$PSVersionTable")
        .thenAnswer(script -> Result.of(7, "(none)\n" + FakeRunner.inputOf(script) + "\n", ""));
    try (Connection connection = powerShell.connection()) {
      connection.open();
      measure("scripted", connection);
    }
  }

  private void row(String... cells) {
    out.println("%-10s %-14s %-18s %9s %13s".formatted((Object[]) cells));
  }
}
