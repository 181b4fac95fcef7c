package com.example.overtherewinrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.xebialabs.overthere.CmdLine;
import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import com.xebialabs.overthere.Overthere;
import com.xebialabs.overthere.OverthereConnection;
import com.xebialabs.overthere.RuntimeIOException;
import com.xebialabs.overthere.cifs.CifsConnectionBuilder;
import com.xebialabs.overthere.cifs.CifsConnectionType;
import com.xebialabs.overthere.util.CapturingOverthereExecutionOutputHandler;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Overthere's own WinRM client, which knows nothing of PSConnect, against the test kit's host: what
 * it asks for and what it makes of the answers is by the protocol alone.
 */
@RequiresProgram("pwsh")
@Timeout(60)
class OverthereWinRmTest {
  private static final String USER = "admin";
  private static final String PASSWORD = "right horse";

  private WinRmHost host;

  @BeforeEach
  void start() {
    host =
        WinRmHost.builder()
            .user(USER, PASSWORD)
            .basic()
            .allowUnencrypted()
            .powerShell(onPath("pwsh"))
            .start();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void printsOutput() {
    Execution execution = run("'one'; 'two'; exit 0");

    assertEquals(new Execution(0, List.of("one", "two"), List.of()), execution);
  }

  @Test
  void keepsOutputAndErrorApartAndTellsTheExitCode() {
    Execution execution =
        run("[Console]::Out.WriteLine('out'); [Console]::Error.WriteLine('err'); exit 42");

    assertEquals(new Execution(42, List.of("out"), List.of("err")), execution);
  }

  @Test
  void printsMoreThanOneAnswerCarries() {
    Execution execution = run("1..20000 | ForEach-Object { \"line $_\" }");

    assertEquals(
        IntStream.rangeClosed(1, 20000).mapToObj("line %d"::formatted).toList(),
        execution.output());
    assertEquals(0, execution.exitCode());
  }

  @Test
  void runsCommandsOneAfterAnotherByOneConnection() {
    try (OverthereConnection connection = connect(PASSWORD)) {
      assertEquals(List.of("first"), run(connection, powerShell("'first'")).output());
      assertEquals(7, run(connection, powerShell("exit 7")).exitCode());
      assertEquals(List.of("third"), run(connection, powerShell("'third'")).output());
    }
    assertEquals(3, host.commandLines().size());
  }

  @Test
  void runsAProgramThatIsNoPowerShell() {
    try (OverthereConnection connection = connect(PASSWORD)) {
      Execution execution = run(connection, CmdLine.build("echo", "hello"));

      assertEquals(new Execution(0, List.of("hello"), List.of()), execution);
    }
  }

  @Test
  void leavesNothingBehind() {
    run("'anything'");

    assertEquals(1, host.shells());
    assertEquals(0, host.openShells());
    assertEquals(0, host.openCommands());
    assertEquals(0, host.openProcesses());
  }

  @Test
  void isRefusedWithAWrongPassword() {
    try (OverthereConnection connection = connect("wrong horse")) {
      assertThrows(RuntimeIOException.class, () -> run(connection, powerShell("'no'")));
    }
    assertTrue(host.refusedAuthentications() > 0, host::toString);
    assertEquals(List.of(), host.commandLines());
  }

  private Execution run(String script) {
    try (OverthereConnection connection = connect(PASSWORD)) {
      return run(connection, powerShell(script));
    }
  }

  private static Execution run(OverthereConnection connection, CmdLine command) {
    CapturingOverthereExecutionOutputHandler output =
        CapturingOverthereExecutionOutputHandler.capturingHandler();
    CapturingOverthereExecutionOutputHandler error =
        CapturingOverthereExecutionOutputHandler.capturingHandler();
    int exitCode = connection.execute(output, error, command);
    return new Execution(exitCode, output.getOutputLines(), error.getOutputLines());
  }

  private static CmdLine powerShell(String script) {
    byte[] utf16 = script.getBytes(StandardCharsets.UTF_16LE);
    return CmdLine.build(
        "powershell.exe",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        Base64.getEncoder().encodeToString(utf16));
  }

  private OverthereConnection connect(String password) {
    ConnectionOptions options = new ConnectionOptions();
    options.set(ConnectionOptions.ADDRESS, host.hostName());
    options.set(ConnectionOptions.PORT, host.port());
    options.set(ConnectionOptions.USERNAME, USER);
    options.set(ConnectionOptions.PASSWORD, password);
    options.set(ConnectionOptions.OPERATING_SYSTEM, OperatingSystemFamily.WINDOWS);
    options.set(CifsConnectionBuilder.CONNECTION_TYPE, CifsConnectionType.WINRM_INTERNAL);
    options.set(CifsConnectionBuilder.WINRM_ENABLE_HTTPS, false);
    return Overthere.getConnection("cifs", options);
  }

  private static Path onPath(String program) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private record Execution(int exitCode, List<String> output, List<String> error) {}
}
