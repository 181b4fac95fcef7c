package io.psconnect.cli;

import io.psconnect.Backends;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionOptions;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.FakeRunner;
import io.psconnect.testkit.ScriptedPowerShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs one small script through every backend that works here, to be seen working. */
@Command(
    name = "demo",
    description = {
      "Runs one small script through every backend, and copies a file, on this machine: SSH and"
          + " WinRM reach hosts that the demo starts itself.",
      "Where there is no PowerShell, a scripted stand-in answers."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String INPUT = "hello from stdin";
  private static final List<String> LINES =
      List.of("\"$($PSVersionTable.PSVersion)\"", "[Console]::In.ReadToEnd()", "exit 7");
  private static final Script SCRIPT = Script.of(String.join("\n", LINES)).withInput(INPUT);
  private static final int FILE_SIZE = 100_000;

  private final Terminal terminal;
  private final ShutdownInterrupt shutdown;
  private final DemoTable table;

  DemoCommand(Terminal terminal, ShutdownInterrupt shutdown) {
    this.terminal = terminal;
    this.shutdown = shutdown;
    table = new DemoTable(terminal.out());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    shutdown.arm();
    table.begin(INPUT, LINES);
    try (DemoFolder folder = DemoFolder.create()) {
      Path file = Files.write(folder.path().resolve("file"), new byte[FILE_SIZE]);
      for (String id : Backends.installed().ids()) {
        show(id, file);
      }
    }
    table.end();
    return 0;
  }

  private void show(String id, Path file) throws IOException, InterruptedException {
    switch (id) {
      case "local" -> showLocal(file);
      case "ssh" -> showSsh(file);
      case "winrm" -> showWinRm(file);
      default -> {} // Where its hosts are, nobody has said.
    }
  }

  private void showLocal(Path file) throws IOException, InterruptedException {
    try (Connection connection = connection("local:")) {
      connection.open();
      measure("local", connection, file);
    } catch (UnsupportedBackendException e) {
      table.standInBecause(e.getMessage());
      showStandIn();
    }
  }

  private void showSsh(Path file) throws IOException, InterruptedException {
    try (DemoHost host = DemoHost.start(file.getParent(), powerShell(), standIn());
        Connection connection = connection(host.uri())) {
      connection.open();
      measure("ssh", connection, file);
    }
  }

  private void showWinRm(Path file) throws IOException, InterruptedException {
    try (DemoWinRmHost host = new DemoWinRmHost(file.getParent(), powerShell(), standIn());
        Connection connection = Connections.of(host.uri())) {
      connection.open();
      measure("winrm", connection, file);
    }
  }

  private Optional<Path> powerShell() {
    return PowerShellOnPath.find(terminal.environment().getOrDefault("PATH", ""));
  }

  private void showStandIn() throws ConnectionException, InterruptedException {
    try (Connection connection = standIn().connection()) {
      connection.open();
      table.row("scripted", run(connection), "");
    }
  }

  private static Connection connection(String uri) throws ConnectionException {
    Backends backends = Backends.installed();
    ConnectionOptions options = backends.options(uri);
    return backends.connection(options);
  }

  private static ScriptedPowerShell standIn() {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell
        .whenScriptContains("$PSVersionTable")
        .thenAnswer(script -> Result.of(7, "(none)\n" + FakeRunner.inputOf(script) + "\n", ""));
    return powerShell;
  }

  private void measure(String name, Connection connection, Path file)
      throws IOException, InterruptedException {
    Result result = run(connection);
    Path target = file.resolveSibling(name + "-copy");
    connection.streamFile(file, target.toString());
    table.row(name, result, arrived(target));
  }

  /** A stand-in takes a file and writes none, where the host has no SFTP that does. */
  private static String arrived(Path target) throws IOException {
    return Files.exists(target) ? "%d bytes".formatted(Files.size(target)) : "";
  }

  /** The second of two calls: the first pays for what only a first call has to do. */
  private static Result run(Connection connection)
      throws ConnectionException, InterruptedException {
    connection.runScript(SCRIPT);
    return connection.runScript(SCRIPT);
  }
}
