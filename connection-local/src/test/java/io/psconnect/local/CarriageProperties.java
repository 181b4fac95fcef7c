package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.powershell.PowerShellLiteral;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.contract.SkipWithoutProgram;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any script and any input come through unchanged, by either carrier. */
@RequiresProgram("pwsh")
@AddLifecycleHook(SkipWithoutProgram.class)
class CarriageProperties {
  private static Connection connection;

  @BeforeContainer
  static void open() throws Exception {
    connection = Connections.open(LocalOptions.builder().powerShell("pwsh").build());
  }

  @AfterContainer
  static void close() {
    connection.close();
  }

  /**
   * The script says its own text, as PowerShell was given it, and its input. The text is a comment
   * of anything at all, a literal of anything at all, and the echo.
   */
  @Property(tries = 40)
  void scriptAndInputComeThroughUnchanged(
      @ForAll("text") String text,
      @ForAll("input") byte[] input,
      @ForAll("carrier") Carrier carrier)
      throws Exception {
    String script =
        "$t=%s\n".formatted(PowerShellLiteral.quote(text))
            + "$m=[IO.MemoryStream]::new();[Console]::OpenStandardInput().CopyTo($m)\n"
            + "[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($t))\n"
            + "[Convert]::ToBase64String($m.ToArray())";
    Result result = connection.runScript(Script.of(script).withInput(input).withCarrier(carrier));
    List<String> lines = result.stdout().lines().toList();
    assertEquals(2, lines.size(), result.stderr());
    assertEquals(text, utf16(lines.get(0)));
    assertArrayEquals(input, Base64.getDecoder().decode(lines.get(1)));
  }

  /** Many at a time: PowerShell's own parser reads each literal and says what it holds. */
  @Property(tries = 20)
  void quotedTextComesBackTheSame(@ForAll("texts") List<String> texts) throws Exception {
    String script =
        texts.stream()
            .map(PowerShellLiteral::quote)
            .collect(
                Collectors.joining(
                    ",",
                    "@(",
                    ")|ForEach-Object{"
                        + "[Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($_))}"));
    List<String> lines = connection.runScript(script).stdout().lines().toList();
    assertEquals(texts, lines.stream().map(CarriageProperties::utf16).toList());
  }

  @Property(tries = 15)
  void inputCutInsideTheFrameRunsNothing(
      @ForAll("text") String text, @ForAll("fraction") double fraction) throws Exception {
    String script = "'ran'\n'ran'\n'ran' #" + text.replaceAll("[\r\n\uD800-\uDFFF]", "");
    int whole = PlainPowerShell.frameLength(script);
    int cut = Math.min(whole - 1, (int) (whole * fraction));
    assertEquals("", PlainPowerShell.stdoutOfCutFrame(script, cut));
  }

  private static String utf16(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE);
  }

  /** What breaks quoting and line reading most often stands beside any other character. */
  @Provide
  Arbitrary<String> text() {
    return Arbitraries.frequencyOf(
            Tuple.of(
                3,
                Arbitraries.of(
                    "'\u2018\u2019\u201A\u201B\"$`@#{}()\r\n\t "
                        .chars()
                        .mapToObj(c -> String.valueOf((char) c))
                        .toList())),
            Tuple.of(2, Arbitraries.strings().all().ofLength(1)),
            Tuple.of(1, Arbitraries.of("\uD83D\uDE00", "日本", "_x000A_", "$input", "\0", "\uFEFF")))
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces))
        .filter(CarriageProperties::hasUtf8Form);
  }

  /** Half a surrogate pair has a test of its own: it cannot go by a frame. */
  private static boolean hasUtf8Form(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return text().list().ofMinSize(1).ofMaxSize(40);
  }

  @Provide
  Arbitrary<byte[]> input() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(5_000);
  }

  @Provide
  Arbitrary<Carrier> carrier() {
    return Arbitraries.of(Carrier.INLINE, Carrier.FRAMED, Carrier.AUTOMATIC);
  }

  @Provide
  Arbitrary<Double> fraction() {
    return Arbitraries.doubles().between(0, 1);
  }
}
