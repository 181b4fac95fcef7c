package io.psconnect.winrm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.shell.ShellSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The shell protocol with a real PowerShell behind it, and how many messages a call takes. */
final class WinRmTransportTest {
  private static final String URL = "http://played:5985/wsman";

  static Connection connection(PlayedHost host) {
    return connection(host, 3);
  }

  static Connection connection(PlayedHost host, int maxShells) {
    ShellSettings settings =
        new ShellSettings(URL, "powershell.exe", maxShells, Duration.ofSeconds(20));
    return new PowerShellConnection(
        new WinRmTransport(host, settings, "played:5985"), Duration.ofSeconds(60));
  }

  @Test
  @RequiresProgram("pwsh")
  void aScriptRunsAsItDoesElsewhere() throws Exception {
    PlayedHost host = new PlayedHost(PlayedCommand::runPowerShell);
    try (Connection connection = connection(host)) {
      connection.open();
      Result result =
          connection.runScript(
              Script.of("$input | % { \"got $_\" }; [Console]::Error.Write('ü'); exit 7")
                  .withInput(ScriptInput.of("one\ntwö\n")));
      assertEquals("got one\ngot twö\n", result.stdout().replace("\r", ""));
      assertEquals("ü", result.stderr());
      assertEquals(7, result.exitCode());
    }
    assertEquals(0, host.openShells());
    assertTrue(host.isClosed());
  }

  @Test
  void aCallIsACommandAndAReceiveWithOneSendBeside() throws Exception {
    PlayedHost host = new PlayedHost(WinRmTransportTest::echo);
    try (Connection connection = connection(host)) {
      connection.open();
      int before = host.operations().size();
      for (Carrier carrier : List.of(Carrier.INLINE, Carrier.FRAMED)) {
        Result result =
            connection.runScript(
                Script.of("1").withCarrier(carrier).withInput(ScriptInput.of("some input")));
        assertTrue(result.stdout().endsWith("some input"), result::stdout);
      }
      List<PlayedHost.Request> calls = host.requests("Command");
      assertEquals(List.of("Identify", "Create"), host.operations().subList(0, before));
      assertEquals(2, calls.size());
      assertEquals(2, host.requests("Receive").size());
      assertEquals(2, host.requests("Send").size());
    }
  }

  private static void echo(PlayedCommand command) throws java.io.IOException {
    command.stdout(command.stdin().readAllBytes());
    command.exit(0);
  }
}
