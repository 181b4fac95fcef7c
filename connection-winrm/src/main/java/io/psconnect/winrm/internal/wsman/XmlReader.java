package io.psconnect.winrm.internal.wsman;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads an answer. There are no document types in SOAP (SOAP 1.2 part 1, section 5), so one is
 * refused, and with it every entity that it might declare; nothing is fetched from elsewhere.
 */
final class XmlReader {
  /** An answer has at most ten levels. */
  private static final int MAX_DEPTH = 64;

  /** Output may come in many small streams; each is at least some 100 characters of XML. */
  private static final int MAX_ELEMENTS = 100_000;

  private static final XMLInputFactory FACTORY = factory();

  private final Deque<XmlElement> open = new ArrayDeque<>();
  private int elements;
  private XmlElement root;

  private XmlReader() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, name) -> {
          throw new XMLStreamException("it refers to something outside of it");
        });
    factory.setXMLReporter((message, type, related, location) -> {});
    return factory;
  }

  /** Reads a document in UTF-8 or UTF-16, the two that WS-Management has (DSP0226 13.1). */
  static XmlElement read(byte[] document) throws BrokenAnswerException {
    try {
      return new XmlReader().readAll(document);
    } catch (XMLStreamException e) {
      throw new BrokenAnswerException("is not well-formed XML: " + firstLine(e.getMessage()), e);
    } catch (RuntimeException e) {
      // The JDK's reader throws these at some byte sequences.
      throw new BrokenAnswerException("is not well-formed XML: " + e, e);
    }
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.replaceAll("\\s*\\R\\s*", " ");
  }

  private XmlElement readAll(byte[] document) throws XMLStreamException, BrokenAnswerException {
    XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text(document)));
    try {
      while (reader.hasNext()) {
        take(reader, reader.next());
      }
    } finally {
      reader.close();
    }
    if (root == null) {
      throw new BrokenAnswerException("has no XML element", null);
    }
    return root;
  }

  /** The JDK's reader would print what is wrong with the bytes. */
  private static String text(byte[] document) throws BrokenAnswerException {
    boolean isUtf16 = document.length > 1 && (document[0] & document[1]) == (byte) 0xFE;
    Charset charset = isUtf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new BrokenAnswerException("is not " + charset, e);
    }
  }

  private void take(XMLStreamReader reader, int event) throws BrokenAnswerException {
    switch (event) {
      case XMLStreamConstants.START_ELEMENT -> begin(reader);
      case XMLStreamConstants.END_ELEMENT -> open.pop();
      case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
          appendText(reader);
      case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
          throw new BrokenAnswerException("has a document type, which SOAP forbids", null);
      default -> {
        // Comments and the like say nothing to us.
      }
    }
  }

  private void begin(XMLStreamReader reader) throws BrokenAnswerException {
    if (open.size() >= MAX_DEPTH || ++elements > MAX_ELEMENTS) {
      throw new BrokenAnswerException(
          "has more than %d levels or %d elements".formatted(MAX_DEPTH, MAX_ELEMENTS), null);
    }
    XmlElement element = new XmlElement(reader.getNamespaceURI(), reader.getLocalName());
    IntStream.range(0, reader.getAttributeCount())
        .forEach(
            i -> element.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i)));
    if (open.isEmpty()) {
      root = element;
    } else {
      open.peek().add(element);
    }
    open.push(element);
  }

  private void appendText(XMLStreamReader reader) {
    if (!open.isEmpty()) {
      open.peek().append(reader.getText());
    }
  }
}
