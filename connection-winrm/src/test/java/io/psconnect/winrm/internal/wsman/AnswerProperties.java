package io.psconnect.winrm.internal.wsman;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes, reading it ends, with an answer or with one of two exceptions. */
final class AnswerProperties {
  private static final Message MESSAGE = new Message("uuid:11111111-AAAA", new byte[0]);
  private static final String COMMAND = "CCCC-1";
  private static final String GOOD =
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
          + " xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\">"
          + "<s:Header><a:RelatesTo>uuid:11111111-AAAA</a:RelatesTo></s:Header><s:Body>"
          + "<rsp:ReceiveResponse>"
          + "<rsp:Stream Name=\"stdout\" CommandId=\"CCCC-1\">%s</rsp:Stream>"
          + "<rsp:Stream Name=\"stderr\" CommandId=\"CCCC-1\" End=\"true\"/>"
          + "<rsp:CommandState CommandId=\"CCCC-1\" State=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done\">"
          + "<rsp:ExitCode>7</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse></s:Body></s:Envelope>";

  private static byte[] good(byte[] output) {
    return GOOD.formatted(Base64.getEncoder().encodeToString(output))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether it was read; anything but the two exceptions fails the test. */
  private static boolean isRead(byte[] document) {
    try {
      Answer answer = Answer.read(MESSAGE, document);
      answer.output(COMMAND);
      answer.isDone(COMMAND);
      answer.exitCode(COMMAND);
      return true;
    } catch (FaultException | BrokenAnswerException e) {
      assertFalse(e.getMessage().isBlank());
      return false;
    }
  }

  @Property
  void outputArrivesAsItWas(@ForAll byte[] output) throws Exception {
    Answer answer = Answer.read(MESSAGE, good(output));
    assertArrayEquals(output, answer.output(COMMAND).get(0).bytes());
    assertTrue(answer.output(COMMAND).get(1).isStderr());
    assertEquals(OptionalLong.of(7), answer.exitCode(COMMAND));
  }

  @Property(tries = 3000)
  void aChangedAnswerIsReadOrRefused(
      @ForAll @IntRange(max = 10_000) int where, @ForAll byte changed) {
    byte[] document = good(new byte[] {1, 2, 3});
    document[where % document.length] = changed;
    isRead(document);
  }

  @Property
  void anAnswerThatEndsTooEarlyIsRefused(@ForAll @IntRange(max = 10_000) int length) {
    byte[] document = good(new byte[] {1, 2, 3});
    assertFalse(isRead(Arrays.copyOf(document, length % document.length)));
  }

  @Property
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] document) {
    assertFalse(isRead(document));
  }

  @Property
  void aPieceThatIsPutInIsReadOrRefused(
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll @IntRange(max = 10_000) int from,
      @ForAll @IntRange(max = 300) int length) {
    String document = new String(good(new byte[] {1, 2, 3}), StandardCharsets.UTF_8);
    int at = where % document.length();
    int begin = from % document.length();
    String piece = document.substring(begin, Math.min(document.length(), begin + length));
    isRead(
        (document.substring(0, at) + piece + document.substring(at))
            .getBytes(StandardCharsets.UTF_8));
  }

  @Example
  void entitiesThatGrowAreNotResolved() {
    StringBuilder document = new StringBuilder("<!DOCTYPE s [<!ENTITY e0 \"xxxxxxxxxx\">");
    for (int i = 1; i < 10; i++) {
      document.append("<!ENTITY e%d \"%s\">".formatted(i, "&e%d;".formatted(i - 1).repeat(10)));
    }
    byte[] bytes = (document + "]><s>&e9;</s>").getBytes(StandardCharsets.UTF_8);
    assertFalse(isRead(bytes));
  }

  @Example
  void depthIsLimited() {
    String deep = "<a>".repeat(100_000);
    BrokenAnswerException e =
        assertThrows(
            BrokenAnswerException.class,
            () -> Answer.read(MESSAGE, deep.getBytes(StandardCharsets.UTF_8)));
    assertTrue(e.getMessage().contains("levels"), e::getMessage);
  }

  @Example
  void aQuotaFaultHasItsCodeElsewhere() {
    String fault =
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><s:Fault>"
            + "<s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>w:InternalError</s:Value>"
            + "</s:Subcode></s:Code><s:Reason><s:Text>Too many shells.</s:Text></s:Reason><s:Detail>"
            + "<p:MSFT_WmiError xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wmi/root/interop/MSFT_WmiError\">"
            + "<p:error_Code>-2144108123</p:error_Code></p:MSFT_WmiError></s:Detail></s:Fault></s:Body></s:Envelope>";
    FaultException e =
        assertThrows(
            FaultException.class,
            () -> Answer.read(MESSAGE, fault.getBytes(StandardCharsets.UTF_8)));
    assertEquals(0x803381A5L, e.fault().code());
    assertTrue(e.fault().isQuota());
    assertTrue(e.fault().toString().contains("Too many shells."));
  }

  @Example
  void aCommandHasNoReferencesToCharacters() {
    ShellMessages messages =
        new ShellMessages("http://h/wsman", 153_600, java.time.Duration.ofSeconds(60));
    String text =
        new String(
            messages.command("S", "\"C:\\a & b\\pwsh.exe\"", "'<x>' \"ü\"").envelope(),
            StandardCharsets.UTF_8);
    assertTrue(text.contains("<rsp:Command>\"C:\\a &amp; b\\pwsh.exe\"</rsp:Command>"), text);
    assertTrue(text.contains("<rsp:Arguments>'&lt;x&gt;' \"ü\"</rsp:Arguments>"), text);
    assertFalse(text.contains("&#"), text);
    assertTrue(text.contains("<w:OperationTimeout>PT60.000S<"), text);
  }
}
