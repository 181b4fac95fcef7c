package io.psconnect.testkit.winrm;

import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.winrm.CommandOutput.Batch;
import io.psconnect.testkit.winrm.CommandOutput.Client;
import io.psconnect.testkit.winrm.CommandOutput.ClientGoneException;
import io.psconnect.testkit.winrm.CommandOutput.Piece;
import io.psconnect.testkit.winrm.WinRmFault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/** Does what messages want (MS-WSMV 3.1.4). */
final class WsmanService {
  /** What an answer needs besides its streams. */
  private static final int FRAME = 4096;

  /** Windows takes less for more. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

  private final WinRmHost.Builder host;
  private final HostShells shells;
  private final Programs programs;
  private final WinRmFaults faults;
  private final Journal journal;

  /** Makes what runs one command. */
  interface Programs {
    CommandShell open(HostShell.Settings settings);

    /** A scripted PowerShell takes all connections with it. */
    void cutConnections();
  }

  WsmanService(
      WinRmHost.Builder host,
      HostShells shells,
      Programs programs,
      WinRmFaults faults,
      Journal journal) {
    this.host = host;
    this.shells = shells;
    this.programs = programs;
    this.faults = faults;
    this.journal = journal;
  }

  /** A message, and who sent it. */
  record Call(WsmanRequest request, String user, Client client) {}

  Answer answer(byte[] message, String user, Client client)
      throws ClientGoneException, InterruptedException {
    try {
      WsmanRequest request = WsmanRequest.parse(message);
      return answer(new Call(request, user, client));
    } catch (WsmanFault e) {
      return Answer.soap(Answer.FAILED, Optional.empty(), Envelope.fault(e, ""));
    }
  }

  private Answer answer(Call call) throws WsmanFault, ClientGoneException, InterruptedException {
    WinRmOperation operation = call.request.operation();
    journal.asked(operation);
    try {
      injectFaults(operation);
      Envelope.Content content = perform(operation, call);
      String action = operation == WinRmOperation.IDENTIFY ? "" : operation.answer();
      byte[] body = Envelope.write(action, call.request.messageId(), content);
      return Answer.soap(Answer.OK, Optional.of(operation), body);
    } catch (WsmanFault e) {
      byte[] body = Envelope.fault(e, call.request.messageId());
      return Answer.soap(Answer.FAILED, Optional.of(operation), body);
    }
  }

  private void injectFaults(WinRmOperation operation) throws WsmanFault {
    if (faults.strikes(Kind.SHELL_LOST, operation)) {
      shells.closeAll();
    }
    Optional<WinRmFault> fault = faults.take(Kind.FAULT, Optional.of(operation));
    if (fault.isPresent()) {
      throw WsmanFault.of(fault.get().number());
    }
  }

  private Envelope.Content perform(WinRmOperation operation, Call call)
      throws WsmanFault, ClientGoneException, InterruptedException {
    return switch (operation) {
      case IDENTIFY -> this::identify;
      case CREATE -> create(call);
      case COMMAND -> start(call);
      case RECEIVE -> receive(call);
      case SEND -> send(call);
      case SIGNAL -> signal(call);
      case DELETE -> delete(call);
    };
  }

  private void identify(Envelope xml) throws XMLStreamException {
    xml.open("wsmid", "IdentifyResponse")
        .text("wsmid", "ProtocolVersion", "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd")
        .text("wsmid", "ProductVendor", "Microsoft Corporation")
        .text("wsmid", "ProductVersion", "OS: 10.0.20348 SP: 0.0 Stack: " + host.stack)
        .close();
  }

  private Envelope.Content create(Call call) throws WsmanFault {
    if (!call.request.resource().equals(Wsman.CMD)) {
      throw WsmanFault.schema("no such resource: " + call.request.resource());
    }
    XmlNode wanted = call.request.body("Shell");
    HostShell shell = shells.open(settings(wanted, call.user));
    journal.opened();
    String inputs = text(wanted, "InputStreams").orElse("stdin");
    String outputs = text(wanted, "OutputStreams").orElse("stdout stderr");
    return xml -> created(shell, inputs, outputs, xml);
  }

  private HostShell.Settings settings(XmlNode shell, String user) throws WsmanFault {
    Map<String, String> environment = new HashMap<>();
    shell.find(Wsman.SHELL, "Environment").stream()
        .flatMap(all -> all.all(Wsman.SHELL, "Variable"))
        .forEach(one -> environment.put(one.attribute("Name").orElse(""), one.text()));
    Path folder = text(shell, "WorkingDirectory").map(host.home::resolve).orElse(host.home);
    Optional<String> idle = text(shell, "IdleTimeOut").or(() -> text(shell, "IdleTimeout"));
    Duration timeout = idle.isPresent() ? WsmanRequest.duration(idle.get()) : host.idleTimeout;
    return new HostShell.Settings(user, folder, environment, timeout);
  }

  private static Optional<String> text(XmlNode parent, String name) {
    return parent.find(Wsman.SHELL, name).map(node -> node.text().strip());
  }

  private void created(HostShell shell, String inputs, String outputs, Envelope xml)
      throws XMLStreamException {
    xml.open("x", "ResourceCreated")
        .text("a", "Address", "http://127.0.0.1/wsman")
        .open("a", "ReferenceParameters")
        .text("w", "ResourceURI", Wsman.CMD)
        .open("w", "SelectorSet")
        .text("w", "Selector", shell.id(), "Name", "ShellId")
        .close()
        .close()
        .close();
    // Windows before 8 tells no more.
    if (!host.stack.startsWith("2")) {
      xml.open("rsp", "Shell")
          .text("rsp", "ShellId", shell.id())
          .text("rsp", "ResourceUri", Wsman.CMD)
          .text("rsp", "Owner", shell.settings().owner())
          .text("rsp", "ClientIP", "127.0.0.1")
          .text("rsp", "IdleTimeOut", shell.settings().idleTimeout().toString())
          .text("rsp", "InputStreams", inputs)
          .text("rsp", "OutputStreams", outputs)
          .close();
    }
  }

  private HostShell shell(Call call) throws WsmanFault {
    String id =
        call.request
            .shellId()
            .orElseThrow(() -> WsmanFault.schema("the selector ShellId is missing"));
    return shells.find(id, call.user);
  }

  private Envelope.Content start(Call call) throws WsmanFault {
    HostShell shell = shell(call);
    shells.checkOperations();
    XmlNode wanted = call.request.body("CommandLine");
    HostCommand command =
        new HostCommand(programs.open(shell.settings()), programs::cutConnections);
    String line = line(wanted);
    journal.started(line);
    String id = shell.add(wanted.attribute("CommandId"), command);
    shells.watch(command);
    command.start(goesByCmd(call) ? CmdQuotes.removed(line) : line);
    return xml -> xml.open("rsp", "CommandResponse").text("rsp", "CommandId", id).close();
  }

  /** Unless the client asks for the program itself (MS-WSMV 3.1.4.11, WINRS_SKIP_CMD_SHELL). */
  private static boolean goesByCmd(Call call) {
    return !call.request
        .options()
        .getOrDefault("WINRS_SKIP_CMD_SHELL", "")
        .equalsIgnoreCase("TRUE");
  }

  /** A line break ends it, as cmd.exe takes it. */
  private static String line(XmlNode wanted) throws WsmanFault {
    String command = text(wanted, "Command").orElseThrow(() -> WsmanFault.schema("no Command"));
    String arguments =
        wanted.all(Wsman.SHELL, "Arguments").map(XmlNode::text).collect(Collectors.joining(" "));
    return (command + " " + arguments).strip().lines().findFirst().orElse("");
  }

  private Envelope.Content receive(Call call)
      throws WsmanFault, ClientGoneException, InterruptedException {
    HostShell shell = shell(call);
    String id = commandId(call.request.body("Receive"), "DesiredStream");
    int room = call.request.maxEnvelopeSize(host.maxEnvelopeSize) - FRAME;
    Batch batch = shell.command(id).output().take(room, patience(call), call.client);
    shell.removeForgotten();
    shell.touch();
    return xml -> received(id, batch, xml);
  }

  private static String commandId(XmlNode body, String element) throws WsmanFault {
    return body.find(Wsman.SHELL, element)
        .flatMap(node -> node.attribute("CommandId"))
        .orElseThrow(() -> WsmanFault.schema("%s has no CommandId".formatted(element)));
  }

  private Duration patience(Call call) throws WsmanFault {
    Duration wanted = call.request.timeout();
    Duration most = wanted.compareTo(host.operationTimeout) < 0 ? wanted : host.operationTimeout;
    return most.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : most;
  }

  private void received(String id, Batch batch, Envelope xml) throws XMLStreamException {
    xml.open("rsp", "ReceiveResponse");
    for (Piece piece : batch.pieces()) {
      xml.text("rsp", "Stream", base64(piece.bytes()), "Name", piece.stream(), "CommandId", id);
    }
    if (batch.exitCode().isPresent()) {
      done(id, batch.exitCode().getAsInt(), xml);
    } else {
      xml.open("rsp", "CommandState", "CommandId", id, "State", Wsman.STATE + "Running").close();
    }
    xml.close();
  }

  private String base64(byte[] bytes) {
    return faults.strikes(Kind.BROKEN_BASE64, WinRmOperation.RECEIVE)
        ? "*no Base64*"
        : Base64.getEncoder().encodeToString(bytes);
  }

  /** An exit code is an unsigned number on Windows. */
  private void done(String id, int exitCode, Envelope xml) throws XMLStreamException {
    for (String stream : new String[] {"stdout", "stderr"}) {
      xml.text("rsp", "Stream", "", "Name", stream, "CommandId", id, "End", "true");
    }
    xml.open("rsp", "CommandState", "CommandId", id, "State", Wsman.STATE + "Done");
    if (!faults.strikes(Kind.NO_EXIT_CODE, WinRmOperation.RECEIVE)) {
      xml.text("rsp", "ExitCode", Integer.toUnsignedString(exitCode));
    }
    xml.close();
  }

  private Envelope.Content send(Call call) throws WsmanFault, InterruptedException {
    HostShell shell = shell(call);
    XmlNode body = call.request.body("Send");
    HostCommand command = shell.command(commandId(body, "Stream"));
    for (XmlNode stream : body.all(Wsman.SHELL, "Stream").toList()) {
      boolean end = stream.attribute("End").orElse("").strip().matches("true|1|TRUE");
      // What has come stays, also when the answer is that it took too long.
      if (!command.input().add(bytes(stream), end, patience(call))) {
        throw WsmanFault.of(WsmanFault.TIMED_OUT);
      }
    }
    return xml -> xml.open("rsp", "SendResponse").close();
  }

  private static byte[] bytes(XmlNode stream) throws WsmanFault {
    try {
      return Base64.getMimeDecoder().decode(stream.text());
    } catch (IllegalArgumentException e) {
      throw WsmanFault.schema("the stream is no Base64");
    }
  }

  /** A command whose end has been fetched is forgotten; of another it can still be fetched. */
  private Envelope.Content signal(Call call) throws WsmanFault {
    HostShell shell = shell(call);
    XmlNode body = call.request.body("Signal");
    String id =
        body.attribute("CommandId").orElseThrow(() -> WsmanFault.schema("Signal: no CommandId"));
    HostCommand command = shell.command(id);
    if (text(body, "Code").orElse("").endsWith("terminate")) {
      command.terminate();
      shell.removeForgotten();
    } else {
      command.kill();
    }
    return xml -> xml.open("rsp", "SignalResponse").close();
  }

  private Envelope.Content delete(Call call) throws WsmanFault {
    shells.close(shell(call));
    return xml -> {};
  }
}
