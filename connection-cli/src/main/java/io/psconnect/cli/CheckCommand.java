package io.psconnect.cli;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionUri;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks a host whether it answers, and what it is. */
@Command(
    name = "check",
    description = {
      "Asks a host whether it runs PowerShell for us, and which one; says step by step what works,"
          + " and what to do about the step that does not."
    })
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final HostOptions host;

  CheckCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    this.terminal = terminal;
    host = new HostOptions(terminal, shutdown);
  }

  @Override
  public Integer call() throws Exception {
    ConnectionUri uri = host.uri();
    try (Connection connection = host.connection(uri)) {
      check(connection, new CheckReport(terminal.out(), connection.backend(), CheckPlan.of(uri)));
    }
    return 0;
  }

  private static void check(Connection connection, CheckReport report)
      throws ConnectionException, InterruptedException {
    open(connection, report);
    report.opened();
    try {
      report.healthy(connection.healthcheck());
    } catch (ConnectionException e) {
      report.unhealthy();
      throw e;
    }
  }

  private static void open(Connection connection, CheckReport report)
      throws ConnectionException, InterruptedException {
    try {
      connection.open();
    } catch (ConnectionException e) {
      report.notOpened(e);
      throw e;
    }
  }
}
