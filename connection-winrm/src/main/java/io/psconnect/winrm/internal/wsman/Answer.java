package io.psconnect.winrm.internal.wsman;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the host has answered, if it is no fault. */
public final class Answer {
  private static final String DONE = "/CommandState/Done";

  /** Windows' ids are GUIDs; nobody's is longer than this. */
  private static final int LONGEST_ID = 256;

  private final XmlElement body;

  private Answer(XmlElement body) {
    this.body = body;
  }

  /**
   * Reads an answer.
   *
   * @param message what it is the answer to
   * @param document the SOAP envelope
   * @throws FaultException if it is a fault
   * @throws BrokenAnswerException if it is nothing that WS-Management allows
   */
  public static Answer read(Message message, byte[] document)
      throws FaultException, BrokenAnswerException {
    XmlElement envelope = XmlReader.read(document);
    if (!envelope.is(Namespace.SOAP, "Envelope")) {
      throw new BrokenAnswerException(
          "is no SOAP 1.2 envelope but begins with the element " + envelope.name(), null);
    }
    XmlElement body = envelope.require(Namespace.SOAP, "Body");
    Optional<XmlElement> fault = body.child(Namespace.SOAP, "Fault");
    requireRelation(message, envelope, fault.isPresent());
    if (fault.isPresent()) {
      throw new FaultException(new FaultReader(fault.get()).read());
    }
    return new Answer(body);
  }

  /** A host that could not read the message cannot say which it answers. */
  private static void requireRelation(Message message, XmlElement envelope, boolean isFault)
      throws BrokenAnswerException {
    Optional<String> relation =
        envelope
            .child(Namespace.SOAP, "Header")
            .flatMap(header -> header.child(Namespace.ADDRESSING, "RelatesTo"))
            .map(element -> element.text().strip());
    boolean tolerated = message.id().isEmpty() || relation.isEmpty() && isFault;
    if (!tolerated && !relation.orElse("").equalsIgnoreCase(message.id())) {
      throw new BrokenAnswerException(
          "is to another message (RelatesTo is '%s', expected '%s')"
              .formatted(relation.map(Answer::shortened).orElse(""), message.id()),
          null);
    }
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) + "…" : text;
  }

  /** The version that the host says it has, for instance {@code OS: 10.0.20348 Stack: 3.0}. */
  public Optional<String> productVersion() {
    return body.child(Namespace.IDENTITY, "IdentifyResponse")
        .flatMap(answer -> answer.child(Namespace.IDENTITY, "ProductVersion"))
        .map(version -> version.text().strip());
  }

  /** The id of the shell that was created. */
  public String shellId() throws BrokenAnswerException {
    Optional<XmlElement> selector =
        body.all()
            .filter(element -> element.is(Namespace.WSMAN, "Selector"))
            .filter(element -> element.attribute("Name").equals(Optional.of("ShellId")))
            .findFirst();
    return id(
        selector.or(
            () -> body.all().filter(element -> element.is(Namespace.SHELL, "ShellId")).findFirst()),
        "ShellId");
  }

  /** The id of the command that was started. */
  public String commandId() throws BrokenAnswerException {
    return id(
        body.require(Namespace.SHELL, "CommandResponse").child(Namespace.SHELL, "CommandId"),
        "CommandId");
  }

  private static String id(Optional<XmlElement> element, String name) throws BrokenAnswerException {
    String id = element.map(found -> found.text().strip()).orElse("");
    if (id.isEmpty() || id.length() > LONGEST_ID || id.chars().anyMatch(c -> c < ' ')) {
      throw new BrokenAnswerException("has no %s that could be used".formatted(name), null);
    }
    return id;
  }

  /** That the host has taken what was sent. */
  public void requireResponse(String name) throws BrokenAnswerException {
    body.require(Namespace.SHELL, name);
  }

  /** What a command has said, in order. */
  public List<Output> output(String commandId) throws BrokenAnswerException {
    List<Output> output = new ArrayList<>();
    for (XmlElement stream : received().children(Namespace.SHELL, "Stream").toList()) {
      requireCommand(stream, commandId);
      output.add(new Output(isStderr(stream), decoded(stream)));
    }
    return output;
  }

  /** Whether the command has ended. */
  public boolean isDone(String commandId) throws BrokenAnswerException {
    return state(commandId).isPresent();
  }

  /** The exit code of a command that has ended; empty if the host has not said it. */
  public OptionalLong exitCode(String commandId) throws BrokenAnswerException {
    Optional<XmlElement> code =
        state(commandId).flatMap(state -> state.child(Namespace.SHELL, "ExitCode"));
    if (code.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(code.get().text().strip()));
    } catch (NumberFormatException e) {
      throw new BrokenAnswerException(
          "has an exit code that is no number: " + shortened(code.get().text()), e);
    }
  }

  private Optional<XmlElement> state(String commandId) throws BrokenAnswerException {
    Optional<XmlElement> state = received().child(Namespace.SHELL, "CommandState");
    if (state.isPresent()) {
      requireCommand(state.get(), commandId);
    }
    return state.filter(element -> element.attribute("State").orElse("").endsWith(DONE));
  }

  private XmlElement received() throws BrokenAnswerException {
    return body.require(Namespace.SHELL, "ReceiveResponse");
  }

  private static void requireCommand(XmlElement element, String commandId)
      throws BrokenAnswerException {
    String named = element.attribute("CommandId").orElse(commandId);
    if (!named.equalsIgnoreCase(commandId)) {
      throw new BrokenAnswerException(
          "is of another command (%s, expected %s)".formatted(shortened(named), commandId), null);
    }
  }

  private static boolean isStderr(XmlElement stream) throws BrokenAnswerException {
    String name = stream.attribute("Name").orElse("");
    return switch (name) {
      case "stdout" -> false;
      case "stderr" -> true;
      default ->
          throw new BrokenAnswerException(
              "has a stream '%s' that was not asked for".formatted(shortened(name)), null);
    };
  }

  private static byte[] decoded(XmlElement stream) throws BrokenAnswerException {
    try {
      return Base64.getDecoder().decode(stream.text().replaceAll("\\s+", ""));
    } catch (IllegalArgumentException e) {
      throw new BrokenAnswerException("has output that is not Base64: " + e.getMessage(), e);
    }
  }

  /**
   * A piece of output.
   *
   * @param isStderr whether of standard error
   * @param bytes as the command wrote them
   */
  public record Output(boolean isStderr, byte[] bytes) {}
}
