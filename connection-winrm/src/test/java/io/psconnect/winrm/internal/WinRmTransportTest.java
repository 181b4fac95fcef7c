package io.psconnect.winrm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.shell.ShellSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /**
   * What a call must not wait for is answered only when the call has its result: if it waited all
   * the same, the order would be another.
   */
  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      names = {"INLINE", "FRAMED"})
  void aCallWaitsForNoAnswerButThoseOfItsCommandAndItsReceive(Carrier carrier) throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    PlayedHost host = new PlayedHost(WinRmTransportTest::echo);
    try (Connection connection = connection(host)) {
      connection.open();
      host.before(request -> asked(request, events)).after(request -> answered(request, events));
      connection.runScript(Script.of("1").withCarrier(carrier).withInput("some input"));
      events.add("result");
      await("Signal's answer", events);
    }
    assertEquals(
        List.of("Command's answer", "Receive", "result", "Send's answer", "Signal's answer"),
        events.subList(0, 5));
  }

  private static HttpChannel.Answer asked(PlayedHost.Request request, List<String> events) {
    if (request.operation().equals("Receive")) {
      events.add("Receive");
    }
    return null;
  }

  private static HttpChannel.Answer answered(PlayedHost.Request request, List<String> events)
      throws InterruptedException {
    switch (request.operation()) {
      case "Command" -> events.add("Command's answer");
      case "Send" -> addAfter("result", "Send's answer", events);
      case "Signal" -> addAfter("Send's answer", "Signal's answer", events);
      default -> {}
    }
    return null;
  }

  private static void addAfter(String cause, String event, List<String> events)
      throws InterruptedException {
    await(cause, events);
    events.add(event);
  }

  /** Where the cause does not come, the order shows it. */
  private static void await(String event, List<String> events) throws InterruptedException {
    Deadline patience = Deadline.after(Duration.ofSeconds(5));
    while (!events.contains(event) && !patience.hasPassed()) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  @RequiresProgram("pwsh")
  void aLargeFileGoesByFourReceivers(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("source");
    byte[] content = new byte[9_000_001];
    new Random(5).nextBytes(content);
    Arrays.fill(content, 0, content.length / 2, (byte) 'x');
    Files.write(source, content);
    Path target = folder.resolve("new folder/it's [a] target");
    List<Long> progress = new ArrayList<>();
    PlayedHost host = new PlayedHost(PlayedCommand::runPowerShell);
    try (Connection connection = connection(host)) {
      connection.open();
      connection.streamFile(
          FileCopy.of(source, target.toString())
              .withListener((transferred, total) -> progress.add(transferred)));
    }
    assertArrayEquals(content, Files.readAllBytes(target));
    assertEquals(4, host.requests("Command").size());
    assertEquals(content.length, progress.get(progress.size() - 1));
    assertEquals(progress.stream().sorted().distinct().toList(), progress);
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertEquals(List.of(target), files.toList());
    }
    long sent = host.requests("Send").stream().mapToLong(request -> request.text().length()).sum();
    assertTrue(sent < content.length, () -> sent + " bytes were sent for half as many");
  }

  @Test
  @RequiresProgram("pwsh")
  void aCopyThatTheHostRefusesSaysWhyAndLeavesNothing(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("source");
    Files.write(source, new byte[3 << 20]);
    Path target = Files.createDirectory(folder.resolve("target"));
    PlayedHost host = new PlayedHost(PlayedCommand::runPowerShell);
    try (Connection connection = connection(host)) {
      connection.open();
      FileCopyException e =
          assertThrows(
              FileCopyException.class,
              () -> connection.streamFile(FileCopy.of(source, target.toString())));
      assertTrue(e.getMessage().contains("is a directory"), e::getMessage);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(source, target), files.collect(Collectors.toSet()));
    }
  }

  @Test
  @RequiresProgram("pwsh")
  void aCopyThatIsGivenUpLeavesNothing(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("source");
    byte[] content = new byte[8 << 20];
    new Random(6).nextBytes(content);
    Files.write(source, content);
    Path target = folder.resolve("target");
    PlayedHost host = new PlayedHost(PlayedCommand::runPowerShell);
    try (Connection connection = connection(host)) {
      connection.open();
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  connection.streamFile(
                      FileCopy.of(source, target.toString())
                          .withListener(
                              (transferred, total) -> {
                                throw new IllegalStateException("enough");
                              })));
      assertEquals("enough", thrown.getMessage());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(source), files.toList());
    }
  }

  @Test
  void aHostWithoutPowerShellIsToldFromAScriptThatFails() throws Exception {
    PlayedHost host =
        new PlayedHost(
            command -> {
              command.stderr("'powershell.exe' is not recognized as a command\n".getBytes(UTF_8));
              command.exit(1);
            });
    try (Connection connection = connection(host)) {
      connection.open();
      UnsupportedBackendException e =
          assertThrows(
              UnsupportedBackendException.class, () -> connection.runScript(Script.of("1")));
      assertTrue(e.getMessage().contains("is not recognized"), e::getMessage);
    }
  }

  private static void echo(PlayedCommand command) throws IOException {
    command.exit(0, command.stdin().readAllBytes());
  }
}
