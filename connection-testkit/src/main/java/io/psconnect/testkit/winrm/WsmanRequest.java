package io.psconnect.testkit.winrm;

import static io.psconnect.testkit.winrm.Wsman.ADDRESSING;
import static io.psconnect.testkit.winrm.Wsman.SHELL;
import static io.psconnect.testkit.winrm.Wsman.SOAP;
import static io.psconnect.testkit.winrm.Wsman.WSMAN;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/** What a client wants. */
final class WsmanRequest {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  private final XmlNode header;
  private final XmlNode body;

  private WsmanRequest(XmlNode envelope) throws WsmanFault {
    if (!envelope.namespace().equals(SOAP) || !envelope.name().equals("Envelope")) {
      throw WsmanFault.schema("the root is no SOAP 1.2 envelope");
    }
    header = part(envelope, "Header");
    body = part(envelope, "Body");
  }

  static WsmanRequest parse(byte[] xml) throws WsmanFault {
    try {
      return new WsmanRequest(XmlNode.parse(xml));
    } catch (XMLStreamException e) {
      throw WsmanFault.schema("no XML: " + e.getMessage());
    }
  }

  private static XmlNode part(XmlNode envelope, String name) throws WsmanFault {
    return envelope.find(SOAP, name).orElseThrow(() -> WsmanFault.schema("there is no " + name));
  }

  private Optional<String> header(String namespace, String name) {
    return header.find(namespace, name).map(node -> node.text().strip());
  }

  /** Identify is known by its body and has no action (DSP0226, section 11). */
  WinRmOperation operation() throws WsmanFault {
    if (body.find(Wsman.IDENTITY, "Identify").isPresent()) {
      return WinRmOperation.IDENTIFY;
    }
    String action =
        header(ADDRESSING, "Action").orElseThrow(() -> WsmanFault.schema("there is no Action"));
    return WinRmOperation.byAction(action).orElseThrow(() -> WsmanFault.actionNotSupported(action));
  }

  String messageId() {
    return header(ADDRESSING, "MessageID").orElse("");
  }

  String resource() {
    return header(WSMAN, "ResourceURI").orElse("");
  }

  Optional<String> shellId() {
    return header.find(WSMAN, "SelectorSet").stream()
        .flatMap(set -> set.all(WSMAN, "Selector"))
        .filter(selector -> selector.attribute("Name").orElse("").equals("ShellId"))
        .map(selector -> selector.text().strip())
        .findFirst();
  }

  Map<String, String> options() {
    return header.find(WSMAN, "OptionSet").stream()
        .flatMap(set -> set.all(WSMAN, "Option"))
        .collect(
            Collectors.toMap(
                option -> option.attribute("Name").orElse(""),
                XmlNode::text,
                (first, second) -> second));
  }

  int maxEnvelopeSize(int most) throws WsmanFault {
    try {
      int wanted = header(WSMAN, "MaxEnvelopeSize").map(Integer::parseInt).orElse(most);
      return Math.min(wanted, most);
    } catch (NumberFormatException e) {
      throw WsmanFault.schema("MaxEnvelopeSize: " + e.getMessage());
    }
  }

  Duration timeout() throws WsmanFault {
    Optional<String> text = header(WSMAN, "OperationTimeout");
    return text.isPresent() ? duration(text.get()) : DEFAULT_TIMEOUT;
  }

  static Duration duration(String text) throws WsmanFault {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw WsmanFault.schema("no duration: " + text);
    }
  }

  /** The element of the body that belongs to a shell's operation. */
  XmlNode body(String name) throws WsmanFault {
    return body.find(SHELL, name).orElseThrow(() -> WsmanFault.schema("there is no " + name));
  }
}
