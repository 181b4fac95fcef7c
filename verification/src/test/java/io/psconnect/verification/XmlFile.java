package io.psconnect.verification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A small XML file, most often a {@code pom.xml}: as written, nothing inherited or replaced. */
record XmlFile(Document document) {

  static XmlFile read(Path file) {
    try {
      return new XmlFile(
          DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("cannot read " + file, e);
    }
  }

  String version() {
    return texts("/project/version").findFirst().orElseThrow();
  }

  Stream<String> texts(String path) {
    return nodes(path).map(node -> node.getTextContent().strip());
  }

  Stream<Node> nodes(String path) {
    try {
      NodeList found =
          (NodeList)
              XPathFactory.newDefaultInstance()
                  .newXPath()
                  .evaluate(path, document, XPathConstants.NODESET);
      return IntStream.range(0, found.getLength()).mapToObj(found::item);
    } catch (XPathExpressionException e) {
      throw new AssertionError("no such path: " + path, e);
    }
  }
}
