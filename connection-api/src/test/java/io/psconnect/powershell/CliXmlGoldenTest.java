package io.psconnect.powershell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What PowerShell was seen to write, against what it says. */
class CliXmlGoldenTest {

  private static final String ROOT =
      "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";

  @TestFactory
  Stream<DynamicTest> everyPublishedSampleDecodes() throws IOException {
    return Stream.of(golden("samples.txt").split("(?m)^== "))
        .skip(1)
        .map(
            sample ->
                dynamicTest(
                    sample.lines().findFirst().orElseThrow(),
                    () -> assertDecodes(bytes(sample, "< "), bytes(sample, "> "))));
  }

  @TestFactory
  Stream<DynamicTest> theStderrOfEveryCorpusScriptDecodes() throws IOException {
    return corpus()
        .map(
            fields ->
                dynamicTest(
                    fields.get(0), () -> assertDecodes(base64(fields, 1), base64(fields, 2))));
  }

  @Test
  void theCorpusIsWhole() throws IOException {
    assertEquals(57, corpus().count());
    assertEquals(16, golden("samples.txt").split("(?m)^== ").length - 1);
  }

  private static void assertDecodes(byte[] stderr, byte[] text) {
    assertTrue(stderr.length > 0, "an empty sample proves nothing");
    assertEquals(
        new String(text, ISO_8859_1), new String(CliXmlDecoder.decode(stderr), ISO_8859_1));
  }

  private static Stream<List<String>> corpus() throws IOException {
    return golden("corpus.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> List.of(line.split(" ")));
  }

  private static byte[] base64(List<String> fields, int index) {
    String field = fields.get(index);
    return field.equals("=") ? new byte[0] : Base64.getDecoder().decode(field);
  }

  private static byte[] bytes(String sample, String prefix) {
    StringBuilder text = new StringBuilder();
    sample
        .lines()
        .filter(line -> line.startsWith(prefix))
        .forEach(line -> text.append(line.substring(prefix.length())));
    return text.toString()
        .replace("O(", ROOT)
        .replace(")O", "</Objs>")
        .translateEscapes()
        .getBytes(ISO_8859_1);
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = CliXmlGoldenTest.class.getResourceAsStream("clixml/" + name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }
}
