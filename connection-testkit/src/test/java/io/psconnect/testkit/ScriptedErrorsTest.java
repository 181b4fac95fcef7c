package io.psconnect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.powershell.CliXmlDecoder;
import io.psconnect.testkit.arbitraries.ScriptArbitraries;
import java.io.ByteArrayOutputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScriptedErrorsTest {

  @Provide
  Arbitrary<String> texts() {
    return ScriptArbitraries.anyText();
  }

  @Property
  void whateverTextIsWrittenTheDecoderReadsItBack(@ForAll("texts") String text) {
    assertEquals(withoutColour(text), withoutColour(decoded(CliXmlErrors.encode(text))));
  }

  /** The decoder takes colour codes out of error records. */
  private static String withoutColour(String text) {
    return text.replaceAll("\u001B\\[[0-9;]*m", "");
  }

  private static String decoded(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CliXmlDecoder decoder = new CliXmlDecoder(out::write);
    decoder.write(bytes, 0, bytes.length);
    decoder.finish();
    return out.toString(UTF_8);
  }

  @Example
  void charactersBeyondTheBasicPlaneAreTwoEscapesAsPowerShellHasThem() {
    String document = new String(CliXmlErrors.encode("\uD83D\uDE00\uFFFE"), UTF_8);

    assertEquals("_xD83D__xDE00_&#xFFFE;", document.replaceAll("(?s).*\"Error\">(.*)</S>.*", "$1"));
  }
}
