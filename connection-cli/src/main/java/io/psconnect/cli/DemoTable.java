package io.psconnect.cli;

import io.psconnect.Result;
import java.io.PrintStream;
import java.util.List;

/** What the demo writes. */
final class DemoTable {
  private static final String COLUMNS = "%-9s %-12s %-17s %9s %13s %13s";

  private final PrintStream out;
  private String missing = "";

  DemoTable(PrintStream out) {
    this.out = out;
  }

  void begin(String input, List<String> script) {
    out.println("This script runs with '%s' as its standard input:".formatted(input));
    script.forEach(line -> out.println("    " + line));
    out.println();
    cells("backend", "PowerShell", "read", "exit code", "milliseconds", "file copied");
  }

  /** Of what the script wrote, its first line is the version and its second what it read. */
  void row(String name, Result result, String copied) {
    List<String> said = result.stdout().lines().toList();
    cells(
        name,
        said.isEmpty() ? "" : said.get(0),
        said.size() < 2 ? "" : said.get(1),
        Integer.toString(result.exitCode()),
        Long.toString(result.duration().toMillis()),
        copied);
  }

  private void cells(String... cells) {
    out.println(COLUMNS.formatted((Object[]) cells).stripTrailing());
  }

  /** There is no PowerShell, for this reason. */
  void standInBecause(String reason) {
    missing = reason;
  }

  void end() {
    out.println();
    out.println(
        "The exit code is the script's own: a result, not an error. The time is that of one");
    out.println("call, PowerShell's start included, after one call that is not shown.");
    if (!missing.isEmpty()) {
      out.println();
      out.println("There is no PowerShell here: a stand-in that knows this one script answered,");
      out.println("and nothing was run, because of");
      out.println("  " + missing);
      out.println("With PowerShell installed, run the demo again.");
    }
  }
}
