package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.Waiting;
import io.psconnect.testkit.winrm.RawClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host's operations, message by message. */
@Timeout(30)
class WsmanServiceTest {
  private static final String SHELL_NOT_FOUND = "2150858843";

  private final WinRmHost host =
      RawClient.hostThatLetsItIn().maxShells(2).maxOperations(3).maxEnvelopeSize(100_000).start();
  private final RawClient client = new RawClient(host);

  @AfterEach
  void leavesNothingBehind() throws Exception {
    host.close();
    assertEquals(0, host.openProcesses());
    Leftovers.assertNoThreads();
  }

  private String allOutput(String shell, String command) throws Exception {
    StringBuilder output = new StringBuilder();
    Reply reply;
    do {
      reply = client.receive(shell, command);
      assertTrue(reply.text().length() <= 100_000, "an answer of " + reply.text().length());
      output.append(reply.output("stdout"));
    } while (!reply.isDone());
    return output.toString();
  }

  @Test
  void saysWhatItIs() throws Exception {
    Reply reply =
        client.post(
            """
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>\
            <i:Identify xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"/>\
            </s:Body></s:Envelope>
            """);
    assertEquals("OS: 10.0.20348 SP: 0.0 Stack: 3.0", reply.all("ProductVersion").get(0).text());
    assertEquals(List.of(WinRmOperation.IDENTIFY), host.operations());
  }

  @Test
  void answersTheLastOutputTogetherWithTheEnd() throws Exception {
    String shell = client.open();
    String command = client.start(shell, "sh -c 'cat; exit 200'");
    assertEquals(200, client.send(shell, command, "all of it", true).status());
    Reply last = client.receive(shell, command);
    while (!last.isDone()) {
      last = client.receive(shell, command);
    }
    assertEquals(Optional.of("200"), last.exitCode());
    assertEquals(
        2, last.all("Stream").stream().filter(s -> s.attributes().containsKey("End")).count());
  }

  @Test
  void splitsOutputByTheEnvelopesThatTheClientTakes() throws Exception {
    client.maxEnvelopeSize(20_000);
    String shell = client.open();
    String command = client.start(shell, "head -c 100000 /dev/zero");
    StringBuilder output = new StringBuilder();
    Reply reply;
    do {
      reply = client.receive(shell, command);
      assertTrue(reply.text().length() <= 20_000, "an answer of " + reply.text().length());
      output.append(reply.output("stdout"));
    } while (!reply.isDone());
    assertEquals("\0".repeat(100_000), output.toString());
  }

  @Test
  void takesNoMoreThanItsLineOfCommandLines() throws Exception {
    String shell = client.open();
    assertEquals("one\n", allOutput(shell, client.start(shell, "echo one\necho two")));
    Reply reply = client.receive(shell, client.start(shell, "echo " + "x".repeat(8187)));
    assertEquals("The command line is too long.\r\n", reply.output("stderr"));
    assertEquals(Optional.of("1"), reply.exitCode());
  }

  @Test
  void letsAClientAskAgainWhenThereIsNoOutputInTime() throws Exception {
    String shell = client.open();
    String command = client.start(shell, "cat");
    client.timeout(Duration.ofMillis(1));
    Reply reply = client.receive(shell, command);
    assertEquals(500, reply.status());
    assertEquals(Optional.of("2150858793"), reply.fault());
    client.timeout(Duration.ofSeconds(20)).send(shell, command, "late", true);
    assertEquals("late", allOutput(shell, command));
  }

  @Test
  void runsCommandsOfOneShellAtOnce() throws Exception {
    String shell = client.open();
    String waiting = client.start(shell, "cat");
    assertEquals("second\n", allOutput(shell, client.start(shell, "echo second")));
    client.send(shell, waiting, "first", true);
    assertEquals("first", allOutput(shell, waiting));
    assertEquals(2, host.openCommands());
  }

  @Test
  void endsWhatASignalTerminatesWithAllThatItStarted() throws Exception {
    String shell = client.open();
    String command =
        client.start(shell, "sh -c 'sh -c \"echo there; sleep 1000\" & exec sleep 1000'");
    assertEquals("there\n", client.receive(shell, command).output("stdout"));
    CompletableFuture<Reply> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new RawClient(host).receive(shell, command);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertEquals(200, client.signal(shell, command, "terminate").status());
    assertTrue(waiting.get().isDone());
    assertEquals(Optional.of(SHELL_NOT_FOUND), client.receive(shell, command).fault());
    Waiting.until(() -> host.openProcesses() == 0);
    assertEquals(0, host.openCommands());
    assertEquals(1, host.openShells());
  }

  @Test
  void endsCommandsWithTheirShell() throws Exception {
    String shell = client.open();
    client.start(shell, "sleep 1000");
    assertEquals(200, client.delete(shell).status());
    Waiting.until(() -> host.openProcesses() == 0);
    assertEquals(Optional.of(SHELL_NOT_FOUND), client.command(shell, "echo").fault());
  }

  @Test
  void hasQuotas() throws Exception {
    String first = client.open();
    client.open();
    assertEquals(Optional.of("2150859173"), client.create().fault());
    for (int i = 0; i < 3; i++) {
      client.signal(first, client.start(first, "true"), "terminate");
    }
    assertEquals(Optional.of("2150859174"), client.command(first, "true").fault());
    client.delete(first);
    assertEquals(Optional.empty(), client.command(client.open(), "true").fault());
  }

  @Test
  void takesNoEnvelopeOverItsLimit() throws Exception {
    String shell = client.open();
    assertEquals(413, client.command(shell, "x".repeat(100_000)).status());
    assertEquals(413, client.command(shell, "x".repeat(1_000_000)).status());
  }

  @Test
  void readsNoDocumentTypes() throws Exception {
    Reply reply = client.post("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>");
    assertEquals(Optional.of("2150858817"), reply.fault());
    assertFalse(reply.text().contains("root:"));
  }

  @Test
  void forgetsAShellThatIsIdleTooLong() throws Exception {
    try (WinRmHost hasty = RawClient.hostThatLetsItIn().start()) {
      RawClient raw = new RawClient(hasty);
      String idle = "<rsp:Shell><rsp:IdleTimeOut>PT0.001S</rsp:IdleTimeOut></rsp:Shell>";
      String shell = raw.ask(WinRmOperation.CREATE, "", idle).all("ShellId").get(0).text();
      Waiting.until(() -> hasty.openShells() == 0);
      assertEquals(Optional.of(SHELL_NOT_FOUND), raw.command(shell, "true").fault());
    }
  }
}
