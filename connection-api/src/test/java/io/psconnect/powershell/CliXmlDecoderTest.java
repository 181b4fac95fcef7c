package io.psconnect.powershell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@link CliXmlDecoder}, one by one; bytes are written as Latin-1 here. */
class CliXmlDecoderTest {

  private static final String ROOT =
      "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
  private static final String PROGRESS =
      "<Obj S=\"progress\" RefId=\"0\"><MS><PR N=\"Record\"><AV>act</AV></PR></MS></Obj>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain\r\n",
        "\u0080\u00ff\u00c3(\u0000\u001b[31m",
        "#",
        "<",
        "#<",
        "#< CLIXML",
        "#< CLIXML\r",
        "#< CLIXML \n",
        "x#< CLIXML\n",
        "x #< CLIXML\n",
        "#< CLIXMLS\n",
        "<Objs>",
        "<Objs Version=\"1.1.0.1\">x</Objs>",
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/05\">",
        "<Objs Version=\"x\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">",
        "</Objs>",
        "<S S=\"Error\">raw _x000A_ &lt;</S>",
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://sch"
      })
  void whatOnlyResemblesClixmlIsText(String raw) {
    assertDecodes(raw, raw);
  }

  @Test
  void headersVanishAtALineStartAndBehindDocumentsAndHeaders() {
    assertDecodes("a\nb\n", "#< CLIXML\na\n#< CLIXML\r\n#< CLIXML\nb\n");
    assertDecodes("", ROOT + "</Objs>#< CLIXML\n" + ROOT + "</Objs>");
    assertDecodes("EE", document(error("E")) + "#< CLIXML\n" + document(error("E")));
  }

  @Test
  void aDocumentIsFoundAnywhere() {
    assertDecodes("a<bEc", "a<b" + document(error("E")) + "c");
    assertDecodes("#E", "#" + document(error("E")));
  }

  @Test
  void messagesStandOnALabelledLineOfTheirOwn() {
    assertDecodes(
        "raw\r\nWARNING: w\r\nVERBOSE: v\r\nDEBUG: \r\n",
        "#< CLIXML\r\nraw"
            + document("<S S=\"warning\">w</S><S S=\"VERBOSE\">v</S><S S=\"Debug\"></S>"));
  }

  @Test
  void lineEndsAreLfWithoutAHeader() {
    assertDecodes("WARNING: w\n", document("<S S=\"warning\">w</S>"));
  }

  @Test
  void unknownStreamsKeepTheirText() {
    assertDecodes(
        "abc7", document("<S S=\"Output\">a</S><S S=\"new\">b</S><S>c</S><I32 S=\"x\">7</I32>"));
  }

  @Test
  void progressAndInformationVanishWithTheObjectsInThem() {
    String nested = "<Obj N=\"a\" RefId=\"1\"><LST><Obj RefId=\"2\"><S>x</S></Obj></LST></Obj>";
    String information = "<Obj S=\"Information\" RefId=\"0\"><ToString>i</ToString>" + nested;
    assertDecodes("E", document(PROGRESS + information + "</Obj>" + error("E")));
  }

  @Test
  void anObjectGivesTheLineOfItsToString() {
    assertDecodes(
        "boom & co\nE",
        document(
            "<Obj S=\"Error\" RefId=\"0\"><TN RefId=\"0\"><T>a.Type</T></TN>"
                + "<ToString>boom &amp; co</ToString><MS><S N=\"m\">more</S></MS></Obj>"
                + error("E")));
  }

  @Test
  void anObjectWithoutToStringGivesItsValues() {
    assertDecodes(
        "a\n4\n",
        document(
            "<Obj S=\"Output\" RefId=\"0\"><TN RefId=\"0\"><T>a.Type</T></TN><LST><S>a</S><Nil />"
                + "<I32>4</I32></LST></Obj>"));
  }

  @Test
  void entitiesAreDecodedBeforeEscapes() {
    assertRecord("<>&\"' A\u0001\n", "&lt;&gt;&amp;&quot;&apos; &#65;&#x1;&#x5F;x000A_");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&", "&;", "&#;", "&#x;", "&bomb;", "&LT;", "&#x110000;", "&#xD800;", "&#99999999999;",
        "&amp", "&lt", "_", "_x", "_x000A", "_x00G0_", "_y000A_", "__x_", "&#x0000000000000041;"
      })
  void whatOnlyResemblesAnEscapeIsText(String text) {
    assertRecord(text, text);
    assertRecord(text + " A", text + " _x0041_");
  }

  @Test
  void escapesAreDecodedOnceInAnyCase() {
    assertRecord("_x000A_ _x0041_ \u00c3\u00bc", "_x005F_x000A_ _X005f_x0041_ _x00Fc_");
  }

  @Test
  void surrogatesAreJoinedAndLoneOnesAreKept() {
    assertRecord("\u00f0\u009f\u0098\u0080", "_xD83D__xDE00_");
    assertRecord("\u00ed\u00a0\u00bdx\u00ed\u00b8\u0080", "_xD83D_x_xDE00_");
    assertRecord("\u00ed\u00a0\u00bd\u00f0\u009f\u0098\u0080", "_xD83D__xD83D__xDE00_");
  }

  @Test
  void nonCharactersAreKept() {
    assertRecord("\u00ef\u00bf\u00be\u00ef\u00bf\u00bf", "&#xFFFE;&#xffff;");
  }

  @Test
  void bytesBeyondAsciiPassThroughARecord() {
    assertRecord("f\u0081r \u00c3\u00bc \u00ff", "f\u0081r \u00c3\u00bc \u00ff");
  }

  @Test
  void colourCodesAreTakenOutOfRecordsOnly() {
    assertRecord("red \u001b[K\u001b[9", "_x001B_[31;1mred_x001b_[0m \u001b[m_x001B_[K\u001b[9");
    assertDecodes("\u001b[31mE\u001b[0m", "\u001b[31m" + document(error("E")) + "\u001b[0m");
  }

  @Test
  void rawBytesInsideADocumentStayInTheirPlace() {
    assertDecodes(
        "a<raw <b> &lt; _x000A_\nb1</S>",
        document(error("a") + "<raw <b> &lt; _x000A_\n" + error("b1") + "</S>"));
    assertDecodes("oneraw <&> \nline", document(error("oneraw <&> \nline")));
  }

  @Test
  void aRawLineInsideProgressIsKept() {
    assertDecodes(
        "<I64 N=\"Soraw <b> line\nE",
        document(
            "<Obj S=\"progress\"><MS><I64 N=\"Soraw <b> line\nurceId\">1</I64></MS></Obj>"
                + error("E")));
  }

  @Test
  void aRecordAfterMangledMarkupIsFound() {
    String mangled = PROGRESS.replace("</Obj>", "</O\nbj>");
    assertDecodes("</O\nE", document(mangled + error("E")));
    assertDecodes("a</\nS>b", document("<S S=\"Error\">a</\nS>" + error("b")));
  }

  @Test
  void documentsInsideDocumentsLoseNothing() {
    String child = "#< CLIXML\n" + document(PROGRESS + error("child\n"));
    assertDecodes("child\nparent", document(child + error("parent")));
    assertDecodes("parchild\nent", document(error("par" + child + "ent")));
    assertDecodes("child\nE", document(PROGRESS.replace("act", "a" + child + "ct") + error("E")));
  }

  @Test
  void veryDeepNestingLosesNoText() {
    String deep = (ROOT + "<S S=\"Error\">x").repeat(1000) + "</S></Objs>".repeat(1000);
    String decoded = decode(deep);
    assertEquals(1000, decoded.chars().filter(c -> c == 'x').count());
  }

  @Test
  void aCutDocumentKeepsItsTextAndWhatFollows() {
    assertDecodes("half", ROOT + "<S S=\"Error\">half");
    assertDecodes("a", ROOT + error("a") + "<Obj S=\"progress\" Ref");
    assertDecodes("a", ROOT + error("a") + "<Obj S=\"progress\"><MS><AV>ac");
    assertDecodes("a\nraw\n", ROOT + error("a\n") + "raw\n");
    assertDecodes("raw\n", ROOT + "<Obj S=\"progress\"><MS>raw\n");
    assertDecodes(
        "Eafter", ROOT + "<Obj S=\"progress\"><MS>#< CLIXML\n" + document(error("E")) + "after");
  }

  @Test
  void everyCutOfEveryKindOfRecordKeepsTheTextBeforeIt() {
    String whole = "#< CLIXML\n" + document(error("one\n") + PROGRESS + error("two"));
    for (int end = whole.indexOf("</S>"); end < whole.length(); end++) {
      String decoded = decode(whole.substring(0, end));
      assertEquals("one\n", decoded.substring(0, 4), whole.substring(0, end));
      assertEquals(-1, decoded.indexOf("act"), decoded);
    }
  }

  @Test
  void theSinkHasAllThatCanBeToldAfterEachPiece() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CliXmlDecoder decoder = new CliXmlDecoder(out::write);
    write(decoder, "raw");
    assertEquals("raw", out.toString(ISO_8859_1));
    write(decoder, ROOT + "<S S=\"Error\">text_x0");
    assertEquals("rawtext", out.toString(ISO_8859_1));
    write(decoder, "00A_");
    assertEquals("rawtext\n", out.toString(ISO_8859_1));
  }

  @Test
  void anotherInputMayFollowTheEnd() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CliXmlDecoder decoder = new CliXmlDecoder(out::write);
    write(decoder, ROOT + "<Obj S=\"progress\">cut");
    decoder.finish();
    write(decoder, "#< CLIXML\nnext");
    decoder.finish();
    assertEquals("next", out.toString(ISO_8859_1));
  }

  @Test
  void aPieceOutsideItsArrayIsRefused() {
    CliXmlDecoder decoder = new CliXmlDecoder((bytes, offset, length) -> {});
    assertThrows(IndexOutOfBoundsException.class, () -> decoder.write(new byte[3], 2, 2));
  }

  private static String error(String text) {
    return "<S S=\"Error\">" + text + "</S>";
  }

  private static String document(String records) {
    return ROOT + records + "</Objs>";
  }

  private static void assertRecord(String expected, String encoded) {
    assertDecodes(expected, document(error(encoded)));
  }

  private static void assertDecodes(String expected, String input) {
    assertEquals(expected, decode(input));
    assertEquals(expected, decodeByteByByte(input), "byte by byte");
  }

  private static String decode(String input) {
    return new String(CliXmlDecoder.decode(input.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private static String decodeByteByByte(String input) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CliXmlDecoder decoder = new CliXmlDecoder(out::write);
    for (byte b : input.getBytes(ISO_8859_1)) {
      decoder.write(new byte[] {b}, 0, 1);
    }
    decoder.finish();
    return out.toString(ISO_8859_1);
  }

  private static void write(CliXmlDecoder decoder, String piece) {
    decoder.write(piece.getBytes(ISO_8859_1), 0, piece.length());
  }
}
