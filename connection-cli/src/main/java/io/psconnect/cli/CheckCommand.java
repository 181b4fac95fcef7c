package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.Health;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks a host whether it answers, and what it is. */
@Command(
    name = "check",
    description = "Asks a host whether it runs PowerShell for us, and which one.")
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final ShutdownInterrupt shutdown;

  @Mixin private HostOptions host;

  CheckCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    this.terminal = terminal;
    this.shutdown = shutdown;
  }

  @Override
  public Integer call() throws Exception {
    try (Connection connection = host.open(shutdown)) {
      print(connection.backend(), connection.healthcheck());
    }
    return 0;
  }

  private void print(String backend, Health health) {
    PrintStream out = terminal.out();
    out.println("backend     " + backend);
    out.println("PowerShell  %s (%s)".formatted(health.powerShellVersion(), health.edition()));
    out.println("system      " + health.operatingSystem());
    out.println("answered    in %d ms".formatted(health.duration().toMillis()));
  }
}
