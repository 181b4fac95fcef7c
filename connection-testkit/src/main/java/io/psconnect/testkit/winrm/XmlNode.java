package io.psconnect.testkit.winrm;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a request. Attributes go by their local names. */
record XmlNode(
    String namespace,
    String name,
    Map<String, String> attributes,
    List<XmlNode> children,
    String text) {
  /** Deeper than any request, and far from the end of the stack. */
  private static final int DEPTH = 50;

  /** A document type is refused. */
  static XmlNode parse(byte[] xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a document type in a request");
      }
    }
    return read(reader, 0);
  }

  private static XmlNode read(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > DEPTH) {
      throw new XMLStreamException("more than %d elements in one another".formatted(DEPTH));
    }
    String namespace = Optional.ofNullable(reader.getNamespaceURI()).orElse("");
    String name = reader.getLocalName();
    Map<String, String> attributes = attributes(reader);
    List<XmlNode> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.isStartElement()) {
        children.add(read(reader, depth + 1));
      } else if (reader.isCharacters()) {
        text.append(reader.getText());
      }
    }
    return new XmlNode(namespace, name, attributes, children, text.toString());
  }

  private static Map<String, String> attributes(XMLStreamReader reader) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return attributes;
  }

  Stream<XmlNode> all(String namespace, String name) {
    return children.stream()
        .filter(child -> child.namespace.equals(namespace) && child.name.equals(name));
  }

  Optional<XmlNode> find(String namespace, String name) {
    return all(namespace, name).findFirst();
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
