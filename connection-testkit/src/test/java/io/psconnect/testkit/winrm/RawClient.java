package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;

/** Says to a host what a test wants said, and shows what comes. */
final class RawClient {
  static final String USER = "admin";
  static final String PASSWORD = "secret";

  private static final String ENVELOPE =
      """
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" \
      xmlns:rsp="http://schemas.microsoft.com/wbem/wsman/1/windows/shell"><s:Header>\
      <a:Action>%s</a:Action><a:MessageID>uuid:%s</a:MessageID>\
      <w:ResourceURI>http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd</w:ResourceURI>\
      <w:MaxEnvelopeSize>%d</w:MaxEnvelopeSize><w:OperationTimeout>%s</w:OperationTimeout>\
      <w:SelectorSet><w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet>\
      </s:Header><s:Body>%s</s:Body></s:Envelope>
      """;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WinRmHost host;
  private int maxEnvelopeSize = 153_600;
  private Duration timeout = Duration.ofSeconds(20);

  RawClient(WinRmHost host) {
    this.host = host;
  }

  /** Takes Basic in the clear, and this user. */
  static WinRmHost.Builder hostThatLetsItIn() {
    return WinRmHost.builder().user(USER, PASSWORD).basic().allowUnencrypted();
  }

  RawClient maxEnvelopeSize(int bytes) {
    maxEnvelopeSize = bytes;
    return this;
  }

  RawClient timeout(Duration wait) {
    timeout = wait;
    return this;
  }

  /** An answer over HTTP. */
  record Reply(int status, String contentType, String text) {
    XmlNode xml() throws XMLStreamException {
      return XmlNode.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of all elements with the name, in the order of the document. */
    List<XmlNode> all(String name) throws XMLStreamException {
      List<XmlNode> found = new ArrayList<>();
      collect(xml(), name, found);
      return found;
    }

    private static void collect(XmlNode node, String name, List<XmlNode> found) {
      if (node.name().equals(name)) {
        found.add(node);
      }
      node.children().forEach(child -> collect(child, name, found));
    }

    /** The WSManFault's code, empty if it is none. */
    Optional<String> fault() throws XMLStreamException {
      return all("WSManFault").stream().findFirst().flatMap(node -> node.attribute("Code"));
    }

    String output(String stream) throws XMLStreamException {
      StringBuilder output = new StringBuilder();
      for (XmlNode node : all("Stream")) {
        if (node.attributes().get("Name").equals(stream)) {
          byte[] bytes = Base64.getDecoder().decode(node.text());
          output.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      }
      return output.toString();
    }

    boolean isDone() throws XMLStreamException {
      return all("CommandState").get(0).attributes().get("State").endsWith("/Done");
    }

    Optional<String> exitCode() throws XMLStreamException {
      return all("ExitCode").stream().map(XmlNode::text).findFirst();
    }
  }

  Reply post(String body) throws IOException, InterruptedException {
    String pair = USER + ":" + PASSWORD;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(host.url()))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", Wsman.SOAP_TYPE)
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Reply(response.statusCode(), type, response.body());
  }

  Reply ask(WinRmOperation operation, String shell, String body)
      throws IOException, InterruptedException {
    String action = operation.answer().replaceFirst("Response$", "");
    return post(
        ENVELOPE.formatted(action, UUID.randomUUID(), maxEnvelopeSize, timeout, shell, body));
  }

  Reply create() throws IOException, InterruptedException {
    return ask(
        WinRmOperation.CREATE,
        "",
        "<rsp:Shell><rsp:IdleTimeOut>PT1H</rsp:IdleTimeOut></rsp:Shell>");
  }

  String open() throws Exception {
    return create().all("ShellId").get(0).text();
  }

  Reply command(String shell, String line) throws IOException, InterruptedException {
    String text = line.replace("&", "&amp;").replace("<", "&lt;");
    return ask(
        WinRmOperation.COMMAND,
        shell,
        "<rsp:CommandLine><rsp:Command>%s</rsp:Command></rsp:CommandLine>".formatted(text));
  }

  String start(String shell, String line) throws Exception {
    return command(shell, line).all("CommandId").get(0).text();
  }

  Reply receive(String shell, String command) throws IOException, InterruptedException {
    return ask(
        WinRmOperation.RECEIVE,
        shell,
        """
        <rsp:Receive><rsp:DesiredStream CommandId="%s">stdout stderr</rsp:DesiredStream></rsp:Receive>
        """
            .formatted(command));
  }

  Reply send(String shell, String command, String text, boolean end)
      throws IOException, InterruptedException {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    return ask(
        WinRmOperation.SEND,
        shell,
        "<rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"%s\" End=\"%s\">%s</rsp:Stream></rsp:Send>"
            .formatted(command, end, base64));
  }

  Reply signal(String shell, String command, String code) throws IOException, InterruptedException {
    return ask(
        WinRmOperation.SIGNAL,
        shell,
        "<rsp:Signal CommandId=\"%s\"><rsp:Code>%s</rsp:Code></rsp:Signal>"
            .formatted(command, Wsman.SIGNAL + code));
  }

  Reply delete(String shell) throws IOException, InterruptedException {
    return ask(WinRmOperation.DELETE, shell, "");
  }
}
