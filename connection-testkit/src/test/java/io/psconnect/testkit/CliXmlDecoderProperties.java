package io.psconnect.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.powershell.CliXmlDecoder;
import io.psconnect.testkit.arbitraries.CliXmlArbitraries;
import io.psconnect.testkit.arbitraries.CliXmlArbitraries.Sample;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;

/** What holds for any stderr. */
class CliXmlDecoderProperties {

  private static final String ROOT =
      "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";

  @Property
  void anyMixOfDocumentsAndRawBytesSaysWhatWasWritten(@ForAll("stderr") Sample sample) {
    assertText(sample.text(), CliXmlDecoder.decode(sample.stderr()));
  }

  @Property
  void aDocumentSaysWhatItsRecordsSay(@ForAll("document") Sample sample) {
    assertText(sample.text(), CliXmlDecoder.decode(sample.stderr()));
  }

  @Property
  void bytesWithoutClixmlComeBackAsTheyAre(@ForAll("raw") byte[] raw) {
    assertArrayEquals(raw, CliXmlDecoder.decode(raw));
  }

  @Property
  void anySplitOfTheInputGivesTheSame(
      @ForAll("stderr") Sample sample,
      @ForAll @NotEmpty @Size(max = 8) List<@IntRange(min = 1, max = 90) Integer> sizes) {
    assertText(sample.text(), decodeInPieces(sample.stderr(), sizes));
  }

  @Property
  void aCutLosesNothingThatWasWhole(
      @ForAll("stderr") Sample sample, @ForAll @IntRange(max = 1000) int where) {
    int length = cut(sample, where);
    byte[] decoded = CliXmlDecoder.decode(Arrays.copyOf(sample.stderr(), length));
    byte[] certain = sample.textOfCut(length);
    assertText(certain, Arrays.copyOf(decoded, Math.min(decoded.length, certain.length)));
  }

  @Property
  void whatIsToldBeforeTheEndIsNeverTakenBack(
      @ForAll("stderr") Sample sample, @ForAll @IntRange(max = 1000) int where) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CliXmlDecoder(out::write).write(sample.stderr(), 0, cut(sample, where));
    assertText(Arrays.copyOf(sample.text(), out.size()), out.toByteArray());
  }

  @Property
  void noInputIsTooMangled(
      @ForAll("soup") String soup,
      @ForAll @NotEmpty @Size(max = 8) List<@IntRange(min = 1, max = 20) Integer> sizes) {
    byte[] input = soup.getBytes(ISO_8859_1);
    byte[] decoded = CliXmlDecoder.decode(input);
    assertText(decoded, decodeInPieces(input, sizes));
    assertTrue(decoded.length <= 2 * input.length, "grew");
  }

  @Provide
  Arbitrary<Sample> stderr() {
    return CliXmlArbitraries.stderr();
  }

  @Provide
  Arbitrary<Sample> document() {
    return CliXmlArbitraries.document();
  }

  @Provide
  Arbitrary<byte[]> raw() {
    return CliXmlArbitraries.raw();
  }

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(
            ROOT,
            "</Objs>",
            "#< CLIXML\n",
            "#< CLIXML\r\n",
            "<S S=\"Error\">",
            "</S>",
            "<S>",
            "<S S=\"warning\">",
            "<Obj S=\"progress\">",
            "<Obj S=\"Error\">",
            "<Obj RefId=\"1\">",
            "</Obj>",
            "<ToString>",
            "</ToString>",
            "<T>",
            "</T>",
            "<I32 N=\"n\">",
            "</I32>",
            "<Nil />",
            "_x000A_",
            "_xD83D_",
            "_xDE00_",
            "_x001B_",
            "[31m",
            "&lt;",
            "&#xFFFE;",
            "&bomb;",
            "\n",
            "\r\n",
            "text",
            "<",
            "#",
            "/",
            ">",
            "_",
            "&",
            "\u00ff",
            "<Obj S=\"",
            "<S ",
            "</")
        .list()
        .ofMaxSize(40)
        .map(tokens -> String.join("", tokens));
  }

  private static int cut(Sample sample, int where) {
    return sample.stderr().length * where / 1000;
  }

  private static byte[] decodeInPieces(byte[] input, List<Integer> sizes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CliXmlDecoder decoder = new CliXmlDecoder(out::write);
    int at = 0;
    for (int i = 0; at < input.length; i++) {
      int length = Math.min(sizes.get(i % sizes.size()), input.length - at);
      decoder.write(input, at, length);
      at += length;
    }
    decoder.finish();
    return out.toByteArray();
  }

  private static void assertText(byte[] expected, byte[] decoded) {
    assertEquals(new String(expected, ISO_8859_1), new String(decoded, ISO_8859_1));
  }
}
