package io.psconnect.testkit.arbitraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScriptArbitrariesProperties {
  private static final String PARSE_EACH_LINE =
      """
      $n = 0
      while ($null -ne ($line = [Console]::In.ReadLine())) {
        $text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line))
        $errors = $null
        [void][Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
        if ($errors.Count) { "$line $($errors[0].Message)" }
        $n++
      }
      "parsed $n"
      """;

  @Provide
  Arbitrary<String> scripts() {
    return ScriptArbitraries.scripts();
  }

  @Provide
  Arbitrary<String> anyText() {
    return ScriptArbitraries.anyText();
  }

  @Provide
  Arbitrary<String> anyTextWithLoneSurrogates() {
    return ScriptArbitraries.anyTextWithLoneSurrogates();
  }

  @Test
  @Timeout(120)
  @RequiresProgram("pwsh")
  void powerShellsOwnParserTakesEveryScript(@TempDir Path folder) throws Exception {
    int count = 2_000;
    Path lines = Files.write(folder.resolve("in"), samples(ScriptArbitraries.scripts(), count));
    Path out = folder.resolve("out");

    Process pwsh =
        new ProcessBuilder("pwsh", "-NoLogo", "-NoProfile", "-Command", PARSE_EACH_LINE)
            .redirectInput(lines.toFile())
            .redirectOutput(out.toFile())
            .redirectErrorStream(true)
            .start();
    pwsh.waitFor();

    assertEquals("parsed " + count, Files.readString(out).strip());
  }

  private List<String> samples(Arbitrary<String> texts, int count) {
    List<String> encoded = new ArrayList<>();
    JqwikSession.run(
        () -> texts.sampleStream().limit(count).map(this::encoded).forEach(encoded::add));
    return encoded;
  }

  private String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Property
  void aScriptIsTakenAsItIs(@ForAll("scripts") String text) {
    assertEquals(text, Script.of(text).text());
  }

  @Property
  void anyTextHasAUtf8Form(@ForAll("anyText") String text) {
    assertTrue(UTF_8.newEncoder().canEncode(text));
    assertEquals(text, Script.of(text).text());
    assertTrue(text.codePointCount(0, text.length()) <= 40);
  }

  @Property
  void loneSurrogatesAreTakenAsTheyAre(@ForAll("anyTextWithLoneSurrogates") String text) {
    assertEquals(text, Script.of(text).text());
  }

  @Example
  void everythingThatIsPromisedDoesCome() {
    String scripts = sample(ScriptArbitraries.scripts());
    for (String part :
        List.of(
            "'", "\u2018", "\u2019", "\u201A", "\u201B", "\"", "\u201C", "\u201D", "\u201E", "@'",
            "<#", "# ", "\r\n", "\0", "$", "`")) {
      assertTrue(scripts.contains(part), () -> "no " + part);
    }
    assertTrue(scripts.matches("(?s).*\r[^\n].*"), "no lone CR");
    assertTrue(scripts.matches("(?s).*[^\r]\n.*"), "no lone LF");
    assertTrue(scripts.codePoints().anyMatch(Character::isSupplementaryCodePoint));
    assertTrue(sample(ScriptArbitraries.anyText()).contains("\0"));
    assertFalse(
        UTF_8.newEncoder().canEncode(sample(ScriptArbitraries.anyTextWithLoneSurrogates())));
  }

  private static String sample(Arbitrary<String> texts) {
    return texts.sampleStream().limit(1_000).collect(Collectors.joining());
  }
}
