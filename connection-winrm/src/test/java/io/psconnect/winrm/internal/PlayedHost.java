package io.psconnect.winrm.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.internal.http.HttpChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's side of the shell protocol behind a channel that has no network. What runs as a
 * command is played by a {@link Play}. It knows our own messages alone, and can be told to go wrong
 * at any of them.
 */
public final class PlayedHost implements HttpChannel {
  private static final Pattern ACTION = Pattern.compile("<a:Action[^>]*>[^<]*/(\\w+)</a:Action>");
  private static final Pattern MESSAGE_ID = Pattern.compile("<a:MessageID>([^<]*)<");
  private static final Pattern SHELL_ID = Pattern.compile("Name=\"ShellId\">([^<]*)<");
  private static final Pattern COMMAND_ID = Pattern.compile("CommandId=\"([^\"]*)\"");
  private static final Pattern STREAM =
      Pattern.compile("<rsp:Stream[^>]*?( End=\"true\")?>([^<]*)<");
  private static final Pattern ARGUMENTS = Pattern.compile("<rsp:Arguments>([^<]*)<");
  private static final Pattern TIMEOUT = Pattern.compile("PT(\\d+)\\.(\\d{3})S<");

  /** What a command does. */
  @FunctionalInterface
  public interface Play {
    void run(PlayedCommand command) throws IOException, InterruptedException;
  }

  /** Goes wrong, or returns null to let the host answer. */
  @FunctionalInterface
  public interface Trouble {
    Answer at(Request request) throws ConnectionException, InterruptedException;
  }

  /** A message that has come. */
  public record Request(String operation, String messageId, String text, String thread) {
    Request withoutText() {
      return new Request(operation, messageId, "", thread);
    }
  }

  private final Play play;
  private final Map<String, Map<String, PlayedCommand>> shells = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<PlayedCommand> commands = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Trouble before = request -> null;
  private volatile Trouble after = request -> null;
  private volatile String productVersion = "OS: 10.0.20348 SP: 0.0 Stack: 3.0";
  private volatile boolean isTerminatable = true;
  private volatile boolean keepsTexts = true;

  public PlayedHost(Play play) {
    this.play = play;
  }

  /** Instead of acting on a message. */
  public PlayedHost before(Trouble trouble) {
    before = trouble;
    return this;
  }

  /** Instead of answering a message that was acted on. */
  public PlayedHost after(Trouble trouble) {
    after = trouble;
    return this;
  }

  public PlayedHost withProductVersion(String version) {
    productVersion = version;
    return this;
  }

  /** For much input: {@link #requests} tells of messages without their texts. */
  PlayedHost withoutTexts() {
    keepsTexts = false;
    return this;
  }

  /** Signals are answered, and do nothing. */
  public PlayedHost withoutTermination() {
    isTerminatable = false;
    return this;
  }

  public List<String> operations() {
    return requests.stream().map(Request::operation).toList();
  }

  public List<Request> requests(String operation) {
    return requests.stream().filter(request -> request.operation().equals(operation)).toList();
  }

  public List<PlayedCommand> commands() {
    return new ArrayList<>(commands);
  }

  public int openShells() {
    return shells.size();
  }

  /** As a restarted service does. */
  public void loseShells() {
    shells.values().forEach(some -> some.values().forEach(PlayedCommand::abort));
    shells.clear();
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public Answer send(byte[] message, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (isClosed()) {
      throw new SessionDroppedException(
          new Origin("winrm", "played", phase), ScriptState.NOT_STARTED, "closed", null);
    }
    String text = new String(message, StandardCharsets.UTF_8);
    String operation = text.contains("wsmid:Identify/") ? "Identify" : find(ACTION, text);
    Request request =
        new Request(
            operation,
            operation.equals("Identify") ? "" : find(MESSAGE_ID, text),
            text,
            Thread.currentThread().getName());
    requests.add(keepsTexts ? request : request.withoutText());
    Answer trouble = before.at(request);
    if (trouble == null) {
      Answer answer = act(request);
      trouble = after.at(request);
      return trouble == null ? answer : trouble;
    }
    return trouble;
  }

  private Answer act(Request request) throws InterruptedException {
    return switch (request.operation()) {
      case "Identify" ->
          answer(
              request,
              "<i:IdentifyResponse xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
                  + "<i:ProductVersion>"
                  + productVersion
                  + "</i:ProductVersion></i:IdentifyResponse>");
      case "Create" -> create(request);
      case "Delete" -> delete(request);
      default -> inShell(request);
    };
  }

  private Answer create(Request request) {
    String id = "SHELL-" + ids.incrementAndGet();
    shells.put(id, new ConcurrentHashMap<>());
    return answer(
        request,
        "<rsp:Shell><rsp:ShellId>%s</rsp:ShellId><rsp:State>Connected</rsp:State></rsp:Shell>"
            .formatted(id));
  }

  private Answer delete(Request request) {
    Map<String, PlayedCommand> lost = shells.remove(find(SHELL_ID, request.text()));
    if (lost == null) {
      return fault(request, 2150858843L, "The shell was not found.");
    }
    lost.values().forEach(PlayedCommand::abort);
    return answer(request, "");
  }

  private Answer inShell(Request request) throws InterruptedException {
    Map<String, PlayedCommand> shell = shells.get(find(SHELL_ID, request.text()));
    if (shell == null) {
      return fault(request, 2150858843L, "The shell was not found.");
    }
    if (request.operation().equals("Command")) {
      return command(request, shell);
    }
    PlayedCommand command = shell.get(find(COMMAND_ID, request.text()));
    if (command == null) {
      return fault(request, 2150858843L, "The command was not found.");
    }
    return switch (request.operation()) {
      case "Send" -> send(request, command);
      case "Receive" -> receive(request, command);
      case "Signal" -> signal(request, shell, command);
      default -> throw new AssertionError(request.operation());
    };
  }

  private Answer command(Request request, Map<String, PlayedCommand> shell) {
    String id = "COMMAND-" + ids.incrementAndGet();
    PlayedCommand command =
        new PlayedCommand(id, List.of(find(ARGUMENTS, request.text()).split(" ")));
    shell.put(id, command);
    commands.add(command);
    command.start(play);
    return answer(
        request,
        "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>"
            .formatted(id));
  }

  private Answer send(Request request, PlayedCommand command) {
    Matcher stream = STREAM.matcher(request.text());
    if (!stream.find()) {
      throw new AssertionError("a Send without a stream: " + request.text());
    }
    try {
      command.feed(Base64.getDecoder().decode(stream.group(2)), stream.group(1) != null);
    } catch (IOException e) {
      return fault(request, 109, "The pipe has been ended.");
    }
    return answer(request, "<rsp:SendResponse/>");
  }

  private Answer receive(Request request, PlayedCommand command) throws InterruptedException {
    Matcher timeout = TIMEOUT.matcher(request.text());
    if (!timeout.find()) {
      throw new AssertionError("a Receive without a timeout: " + request.text());
    }
    long millis = Long.parseLong(timeout.group(1)) * 1000 + Long.parseLong(timeout.group(2));
    String said = command.said(millis, TimeUnit.MILLISECONDS);
    if (said.isEmpty()) {
      return fault(request, 2150858793L, "Nothing came in time.");
    }
    return said.equals(PlayedCommand.ABORTED)
        ? fault(request, 995, "The I/O operation has been aborted.")
        : answer(request, "<rsp:ReceiveResponse>" + said + "</rsp:ReceiveResponse>");
  }

  private Answer signal(Request request, Map<String, PlayedCommand> shell, PlayedCommand command) {
    if (isTerminatable) {
      command.abort();
      if (command.isOver()) {
        shell.remove(command.id());
      }
    }
    return answer(request, "<rsp:SignalResponse/>");
  }

  public static Answer answer(Request request, String body) {
    return new Answer(200, envelope(request, body));
  }

  public static Answer fault(Request request, long code, String words) {
    String body =
        "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:InternalError</s:Value>"
            + "</s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">"
            + words
            + "</s:Text></s:Reason><s:Detail><f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\""
            + code
            + "\" Machine=\"played\"><f:Message>"
            + words
            + "</f:Message></f:WSManFault></s:Detail></s:Fault>";
    return new Answer(500, envelope(request, body));
  }

  private static byte[] envelope(Request request, String body) {
    String envelope =
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
            + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
            + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\""
            + " xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">"
            + "<s:Header><a:RelatesTo>%s</a:RelatesTo></s:Header><s:Body>%s</s:Body></s:Envelope>"
                .formatted(request.messageId(), body);
    return envelope.getBytes(StandardCharsets.UTF_8);
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no %s in %s".formatted(pattern, text));
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
