package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the parts do is shown by the tests of the backends. */
class ReceivingScriptTest {

  private static ReceivingScript script(String source) {
    return ReceivingScript.of(new ByteArrayInputStream(source.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyWordIsPutIn() {
    String text =
        script("# comment\n<again>\ntry{\n  <find-target>\n  <sha256>\n  <take-name>\n  <own>\n}")
            .with("own", "'mine'")
            .to("C:\\it's", ".1.part");
    assertFalse(text.contains("#"), text);
    assertFalse(text.contains("<"), text);
    assertTrue(text.contains("$target='C:\\it''s'\n"), text);
    assertTrue(text.contains("$part=[System.IO.Path]::Combine($folder,'.1.part')\n"), text);
    assertTrue(text.endsWith("\n'mine'\n}"), text);
  }

  @Test
  void targetMayHaveTheNameOfAWord() {
    assertEquals("'<part>'", script("<target>").to("<part>", "x"));
  }

  @Test
  void temporaryNamesDiffer() {
    String name = ReceivingScript.newTemporaryName();
    assertTrue(name.matches("\\.[0-9a-f]{32}\\.part"), name);
    assertNotEquals(name, ReceivingScript.newTemporaryName());
  }
}
