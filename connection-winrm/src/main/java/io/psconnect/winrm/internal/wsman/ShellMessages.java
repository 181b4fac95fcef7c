package io.psconnect.winrm.internal.wsman;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The messages of the shell protocol (MS-WSMV 3.1.4.9 to 3.1.4.14), for one host and one size of
 * envelopes. Immutable.
 */
public final class ShellMessages {
  private static final String RESOURCE =
      "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd";
  private static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
  private static final String SHELL = Namespace.SHELL.uri() + "/";
  private static final String ANONYMOUS = Namespace.ADDRESSING.uri() + "/role/anonymous";

  /** The header, the sealing of the whole, and what the host may count besides. */
  private static final int OVERHEAD = 4096;

  private final String url;
  private final int envelopeSize;
  private final Duration operationTimeout;

  /**
   * Messages to a host.
   *
   * @param url where they go
   * @param envelopeSize the most bytes of an envelope, theirs and the answers'
   * @param operationTimeout how long the host waits for something to tell
   */
  public ShellMessages(String url, int envelopeSize, Duration operationTimeout) {
    this.url = url;
    this.envelopeSize = envelopeSize;
    this.operationTimeout = operationTimeout;
  }

  /** How many bytes of input one {@link #send} can take. */
  public int inputSize() {
    return (envelopeSize - OVERHEAD) / 4 * 3;
  }

  /** Asks what the host is (DSP0226 11). */
  public static Message identify() {
    String envelope =
        "<s:Envelope xmlns:s=\"%s\" xmlns:wsmid=\"%s\"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>"
            .formatted(Namespace.SOAP.uri(), Namespace.IDENTITY.uri());
    return new Message("", envelope.getBytes(StandardCharsets.UTF_8));
  }

  /** A new shell, in UTF-8 (code page 65001) and without the user's profile. */
  public Message create() {
    return message(
        TRANSFER + "Create",
        "",
        option("WINRS_NOPROFILE", "TRUE") + option("WINRS_CODEPAGE", "65001"),
        "<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams>"
            + "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams></rsp:Shell>");
  }

  /** Starts a command; its input is a pipe. The host joins command and arguments by a blank. */
  public Message command(String shellId, String command, String arguments) {
    return message(
        SHELL + "Command",
        shellId,
        option("WINRS_CONSOLEMODE_STDIN", "FALSE") + option("WINRS_SKIP_CMD_SHELL", "FALSE"),
        "<rsp:CommandLine><rsp:Command>%s</rsp:Command><rsp:Arguments>%s</rsp:Arguments></rsp:CommandLine>"
            .formatted(XmlText.of(command), XmlText.of(arguments)));
  }

  /** Gives a command input, and the end of it if that is all. */
  public Message send(String shellId, String commandId, byte[] input, boolean isEnd) {
    return message(
        SHELL + "Send",
        shellId,
        "",
        "<rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"%s\"%s>%s</rsp:Stream></rsp:Send>"
            .formatted(
                attribute(commandId),
                isEnd ? " End=\"true\"" : "",
                Base64.getEncoder().encodeToString(input)));
  }

  /** Asks for a command's output, or its end. */
  public Message receive(String shellId, String commandId) {
    return message(
        SHELL + "Receive",
        shellId,
        "",
        "<rsp:Receive><rsp:DesiredStream CommandId=\"%s\">stdout stderr</rsp:DesiredStream></rsp:Receive>"
            .formatted(attribute(commandId)));
  }

  /** Ends a command, and lets go of one that has ended. */
  public Message terminate(String shellId, String commandId) {
    return message(
        SHELL + "Signal",
        shellId,
        "",
        "<rsp:Signal CommandId=\"%s\"><rsp:Code>%ssignal/terminate</rsp:Code></rsp:Signal>"
            .formatted(attribute(commandId), SHELL));
  }

  /** Ends a shell, and every command in it. */
  public Message delete(String shellId) {
    return message(TRANSFER + "Delete", shellId, "", "");
  }

  private Message message(String action, String shellId, String options, String body) {
    String id = "uuid:" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
    String envelope =
        "<s:Envelope%s><s:Header>%s%s%s</s:Header><s:Body>%s</s:Body></s:Envelope>"
            .formatted(
                namespaces(), header(action, id), optionSet(options), selector(shellId), body);
    return new Message(id, envelope.getBytes(StandardCharsets.UTF_8));
  }

  private static String namespaces() {
    StringBuilder declarations = new StringBuilder();
    for (Namespace namespace :
        new Namespace[] {
          Namespace.SOAP,
          Namespace.ADDRESSING,
          Namespace.WSMAN,
          Namespace.MICROSOFT,
          Namespace.SHELL
        }) {
      declarations.append(" xmlns:%s=\"%s\"".formatted(namespace.prefix(), namespace.uri()));
    }
    return declarations.toString();
  }

  /** In English, so that the host's own words can be looked up. */
  private String header(String action, String id) {
    return ("<a:To>%s</a:To><w:ResourceURI s:mustUnderstand=\"true\">%s</w:ResourceURI>"
            + "<a:ReplyTo><a:Address s:mustUnderstand=\"true\">%s</a:Address></a:ReplyTo>"
            + "<a:Action s:mustUnderstand=\"true\">%s</a:Action>"
            + "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">%d</w:MaxEnvelopeSize>"
            + "<a:MessageID>%s</a:MessageID>"
            + "<w:Locale xml:lang=\"en-US\" s:mustUnderstand=\"false\"/>"
            + "<p:DataLocale xml:lang=\"en-US\" s:mustUnderstand=\"false\"/>"
            + "<w:OperationTimeout>%s</w:OperationTimeout>")
        .formatted(XmlText.of(url), RESOURCE, ANONYMOUS, action, envelopeSize, id, seconds());
  }

  /** As Windows writes it. */
  private String seconds() {
    return "PT%d.%03dS".formatted(operationTimeout.toSeconds(), operationTimeout.toMillisPart());
  }

  private static String option(String name, String value) {
    return "<w:Option Name=\"%s\">%s</w:Option>".formatted(name, value);
  }

  private static String optionSet(String options) {
    return Optional.of(options)
        .filter(some -> !some.isEmpty())
        .map(some -> "<w:OptionSet s:mustUnderstand=\"true\">" + some + "</w:OptionSet>")
        .orElse("");
  }

  private static String selector(String shellId) {
    return shellId.isEmpty()
        ? ""
        : "<w:SelectorSet><w:Selector Name=\"ShellId\">%s</w:Selector></w:SelectorSet>"
            .formatted(XmlText.of(shellId));
  }

  /** What the host has given us goes back as it came. */
  private static String attribute(String value) {
    return XmlText.of(value).replace("\"", "&quot;");
  }
}
