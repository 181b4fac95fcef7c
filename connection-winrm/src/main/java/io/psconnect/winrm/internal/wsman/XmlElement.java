package io.psconnect.winrm.internal.wsman;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An element of an answer: its attributes by local name, its text, its children. */
final class XmlElement {
  private final String namespace;
  private final String name;
  private final Map<String, String> attributes = new HashMap<>();
  private final List<XmlElement> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  XmlElement(String namespace, String name) {
    this.namespace = namespace == null ? "" : namespace;
    this.name = name;
  }

  void attribute(String localName, String value) {
    attributes.put(localName, value);
  }

  void add(XmlElement child) {
    children.add(child);
  }

  void append(String characters) {
    text.append(characters);
  }

  String name() {
    return name;
  }

  /** Its own text, without that of its children. */
  String text() {
    return text.toString();
  }

  Optional<String> attribute(String localName) {
    return Optional.ofNullable(attributes.get(localName));
  }

  boolean is(Namespace expected, String localName) {
    return namespace.equals(expected.uri()) && name.equals(localName);
  }

  List<XmlElement> children() {
    return children;
  }

  Stream<XmlElement> children(Namespace expected, String localName) {
    return children.stream().filter(child -> child.is(expected, localName));
  }

  Optional<XmlElement> child(Namespace expected, String localName) {
    return children(expected, localName).findFirst();
  }

  XmlElement require(Namespace expected, String localName) throws BrokenAnswerException {
    return child(expected, localName)
        .orElseThrow(
            () ->
                new BrokenAnswerException(
                    "has no element %s in its %s".formatted(localName, name), null));
  }

  /** This element and all below it. Their depth is limited by who reads them. */
  Stream<XmlElement> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
  }
}
