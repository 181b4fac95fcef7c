package io.psconnect.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes an answer's XML. */
final class Envelope {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "s", Wsman.SOAP,
          "a", Wsman.ADDRESSING,
          "x", Wsman.TRANSFER,
          "w", Wsman.WSMAN,
          "rsp", Wsman.SHELL,
          "wsmid", Wsman.IDENTITY,
          "f", Wsman.FAULT);

  private final XMLStreamWriter xml;

  private Envelope(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /** What stands in a body. */
  interface Content {
    void write(Envelope envelope) throws XMLStreamException;
  }

  static byte[] write(String action, String relatesTo, Content body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      new Envelope(xml).write(new Header(action, relatesTo), body);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("an answer could not be written", e);
    }
    return bytes.toByteArray();
  }

  private record Header(String action, String relatesTo) {}

  private void write(Header header, Content body) throws XMLStreamException {
    xml.writeStartElement("s", "Envelope", Wsman.SOAP);
    xml.writeAttribute("xml:lang", "en-US");
    for (Map.Entry<String, String> prefix : PREFIXES.entrySet()) {
      xml.writeNamespace(prefix.getKey(), prefix.getValue());
    }
    open("s", "Header");
    if (!header.action.isEmpty()) {
      text("a", "Action", header.action);
      text("a", "MessageID", "uuid:" + UUID.randomUUID().toString().toUpperCase());
      text("a", "To", Wsman.ANONYMOUS);
      text("a", "RelatesTo", header.relatesTo);
    }
    close();
    open("s", "Body");
    body.write(this);
    xml.writeEndDocument();
  }

  /** Attributes are names and values in turn. */
  Envelope open(String prefix, String name, String... attributes) throws XMLStreamException {
    xml.writeStartElement(prefix, name, PREFIXES.get(prefix));
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(attributes[i], attributes[i + 1]);
    }
    return this;
  }

  Envelope close() throws XMLStreamException {
    xml.writeEndElement();
    return this;
  }

  Envelope text(String prefix, String name, String text, String... attributes)
      throws XMLStreamException {
    open(prefix, name, attributes);
    xml.writeCharacters(text);
    return close();
  }

  static byte[] fault(WsmanFault fault, String relatesTo) {
    return write(Wsman.FAULT_ACTION, relatesTo, body -> body.fault(fault));
  }

  private void fault(WsmanFault fault) throws XMLStreamException {
    String side = fault.code() == WsmanFault.TIMED_OUT ? "s:Receiver" : "s:Sender";
    open("s", "Fault").open("s", "Code").text("s", "Value", side);
    open("s", "Subcode").text("s", "Value", fault.subcode()).close().close();
    open("s", "Reason").text("s", "Text", fault.getMessage(), "xml:lang", "en-US").close();
    open("s", "Detail");
    open("f", "WSManFault", "Code", String.valueOf(fault.code()), "Machine", "127.0.0.1");
    text("f", "Message", fault.getMessage()).close().close().close();
  }
}
