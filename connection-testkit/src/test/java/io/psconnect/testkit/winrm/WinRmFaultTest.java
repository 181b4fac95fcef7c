package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.ScriptState;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.Waiting;
import io.psconnect.testkit.winrm.RawClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong at a host when it is told to. */
@Timeout(30)
class WinRmFaultTest {
  private static final Origin ORIGIN = new Origin("test", "host", Phase.RUN);

  private final WinRmHost host = RawClient.hostThatLetsItIn().start();
  private final RawClient client = new RawClient(host);

  @AfterEach
  void leavesNothingBehind() throws Exception {
    host.close();
    assertEquals(0, host.openProcesses());
    Leftovers.assertNoThreads();
  }

  private Reply last(String line) throws Exception {
    String shell = client.open();
    String command = client.start(shell, line);
    Reply reply = client.receive(shell, command);
    while (reply.status() == 200 && reply.exitCode().isEmpty() && !reply.isDone()) {
      reply = client.receive(shell, command);
    }
    return reply;
  }

  @Test
  void failsAnOperationOnce() throws Exception {
    host.inject(WinRmFault.fault(WinRmOperation.CREATE, 5).once());
    Reply reply = client.create();
    assertEquals(500, reply.status());
    assertEquals(Optional.of("5"), reply.fault());
    assertEquals(0, host.openShells());
    assertEquals(200, client.create().status());
  }

  @Test
  void failsAnOperationUntilItIsHealed() throws Exception {
    host.inject(WinRmFault.fault(WinRmOperation.COMMAND, 2150859175L));
    String shell = client.open();
    assertEquals(Optional.of("2150859175"), client.command(shell, "true").fault());
    assertEquals(Optional.of("2150859175"), client.command(shell, "true").fault());
    host.heal();
    assertEquals(Optional.empty(), client.command(shell, "true").fault());
  }

  @Test
  void letsNobodyIn() throws Exception {
    assertEquals(200, client.create().status());
    host.inject(WinRmFault.loginRefused().once());
    assertEquals(401, client.create().status());
    assertEquals(1, host.refusedAuthentications());
    assertEquals(200, client.create().status());
  }

  @Test
  void losesShells() throws Exception {
    String shell = client.open();
    client.start(shell, "sleep 1000");
    host.inject(WinRmFault.shellLost().once());
    assertEquals(Optional.of("2150858843"), client.command(shell, "true").fault());
    Waiting.until(() -> host.openProcesses() == 0);
  }

  @Test
  void reportsAnEndWithoutAnExitCode() throws Exception {
    host.inject(WinRmFault.noExitCode());
    Reply reply = last("true");
    assertTrue(reply.isDone());
    assertEquals(Optional.empty(), reply.exitCode());
  }

  @Test
  void writesBrokenBase64() throws Exception {
    String shell = client.open();
    String command = client.start(shell, "echo hi");
    host.inject(WinRmFault.brokenBase64());
    Reply reply = client.receive(shell, command);
    assertThrows(IllegalArgumentException.class, () -> reply.output("stdout"));
  }

  @Test
  void writesBrokenXmlAndDocumentTypes() throws Exception {
    host.inject(WinRmFault.brokenXml().once(), WinRmFault.dtd());
    Reply broken = client.create();
    assertTrue(broken.text().startsWith("<s:Envelope"), broken.text());
    assertThrows(XMLStreamException.class, broken::xml);
    Reply typed = client.create();
    assertTrue(typed.text().startsWith("<!DOCTYPE"), typed.text());
    assertTrue(typed.text().contains("&file;</s:Body>"), typed.text());
  }

  @Test
  void answersSomethingElse() throws Exception {
    host.inject(WinRmFault.answer(503, "text/html", "<h1>no</h1>").at(WinRmOperation.CREATE));
    assertEquals(new Reply(503, "text/html", "<h1>no</h1>"), client.create());
    assertEquals(1, host.openShells());
    host.heal();
    host.inject(WinRmFault.answer(302, "", ""));
    assertEquals(new Reply(302, "", ""), client.create());
  }

  /** One message over a connection of its own, and what comes until the host closes it. */
  private String rawAnswer() throws IOException {
    String pair = RawClient.USER + ":" + RawClient.PASSWORD;
    String body = "<x/>";
    String request =
        "POST /wsman HTTP/1.1\r\nHost: x\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(Base64.getEncoder().encodeToString(pair.getBytes()), body.length(), body);
    try (Socket socket = new Socket(host.hostName(), host.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void cutsAnAnswer() throws Exception {
    host.inject(WinRmFault.cutAfter(0).once(), WinRmFault.cutAfter(10).once());
    assertEquals("", rawAnswer());
    assertEquals("HTTP/1.1 5", rawAnswer());
    host.inject(WinRmFault.cutAfter(400));
    String cut = rawAnswer();
    assertEquals(400, cut.length());
    assertTrue(cut.contains("<s:Envelope"), cut);
  }

  @Test
  void neverEndsAnAnswer() throws Exception {
    host.inject(WinRmFault.endlessAnswer());
    try (Socket socket = new Socket(host.hostName(), host.port())) {
      socket.getOutputStream().write("POST /wsman HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      InputStream in = socket.getInputStream();
      assertEquals(10_000_000, in.readNBytes(10_000_000).length);
    }
    Waiting.until(() -> host.openConnections() == 0);
  }

  private static Future<Reply> background(Callable<Reply> call) {
    FutureTask<Reply> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "asking");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void stallsUntilItIsHealed() throws Exception {
    host.inject(WinRmFault.stall(WinRmOperation.CREATE));
    Future<Reply> asking = background(client::create);
    Waiting.until(() -> host.openShells() == 1);
    assertFalse(asking.isDone());
    host.heal();
    assertEquals(200, asking.get().status());
  }

  @Test
  void stallsUntilTheClientGoesAway() throws Exception {
    host.inject(WinRmFault.stall(WinRmOperation.CREATE));
    Future<Reply> asking = background(client::create);
    Waiting.until(() -> host.openShells() == 1);
    assertFalse(asking.isDone());
    host.cutConnections();
    assertInstanceOf(
        IOException.class, assertThrows(ExecutionException.class, asking::get).getCause());
    Waiting.until(() -> host.openConnections() == 0);
  }

  @Test
  void noticesThatAWaitingClientHasGone() throws Exception {
    String shell = client.open();
    String command = client.start(shell, "sleep 1000");
    Future<Reply> waiting = background(() -> client.receive(shell, command));
    Waiting.until(() -> host.operations().contains(WinRmOperation.RECEIVE));
    // HttpClient closes the connection of a call that is interrupted.
    waiting.cancel(true);
    Waiting.until(() -> host.openConnections() == 0);
    assertEquals(1, host.openCommands());
  }

  @Test
  void losesItsConnectionsByAScriptedPowerShellThatBreaksTheSession() throws Exception {
    ScriptedPowerShell scripted = new ScriptedPowerShell();
    scripted.whenScriptContains("fine").thenReturn(Result.of(0, "well", ""));
    scripted
        .whenScriptContains("broken")
        .thenFail(() -> new ConnectionException(ORIGIN, ScriptState.NOT_STARTED, "no", null));
    try (WinRmHost other = RawClient.hostThatLetsItIn().powerShell(scripted).start()) {
      RawClient raw = new RawClient(other);
      String shell = raw.open();
      String fine = raw.start(shell, launch("fine"));
      assertEquals("well", raw.receive(shell, fine).output("stdout"));
      Future<Reply> broken =
          background(
              () -> {
                String line = launch("broken");
                return raw.receive(shell, raw.start(shell, line));
              });
      assertThrows(ExecutionException.class, broken::get);
      Waiting.until(() -> other.openConnections() == 0);
      assertEquals(0, other.openProcesses());
    }
  }

  private static String launch(String script) throws Exception {
    PowerShellLaunch launch = PowerShellLaunch.of(script, Carrier.INLINE, 8_000);
    return "powershell.exe " + String.join(" ", launch.arguments());
  }
}
