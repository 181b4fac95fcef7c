package io.psconnect.testkit.arbitraries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What PowerShell may write on stderr under {@code -EncodedCommand}, and what it says: documents of
 * every kind of record, inside one another, with the raw output of native programs in between.
 *
 * <p>The encoder here follows PowerShell's {@code serialization.cs} and knows nothing of {@code
 * CliXmlDecoder}. Arbitraries are immutable and may be shared by threads.
 */
public final class CliXmlArbitraries {

  private static final String ROOT =
      "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";

  private CliXmlArbitraries() {}

  /** Bytes of stderr with the text that they decode to. */
  public static final class Sample {

    private final byte[] stderr;
    private final byte[] text;
    private final NavigableMap<Integer, Integer> certain;

    Sample(Writing writing) {
      stderr = writing.stderr.toByteArray();
      text = writing.text.toByteArray();
      certain = writing.certain;
    }

    /**
     * What PowerShell and its children wrote.
     *
     * @return a copy
     */
    public byte[] stderr() {
      return stderr.clone();
    }

    /**
     * What it says: UTF-8 where the records are concerned (a lone surrogate as three bytes of the
     * same scheme), raw bytes as they are.
     *
     * @return a copy
     */
    public byte[] text() {
      return text.clone();
    }

    /**
     * The text that must not be lost when the input ends early.
     *
     * @param length how many bytes of {@link #stderr()} there are, from 0
     * @return the beginning of {@link #text()} that comes of the records and lines which are whole
     */
    public byte[] textOfCut(int length) {
      return Arrays.copyOf(text, certain.floorEntry(length).getValue());
    }

    @Override
    public String toString() {
      return "stderr " + new String(stderr, ISO_8859_1) + "\ntext " + new String(text, ISO_8859_1);
    }
  }

  /**
   * Text as a record may hold it: any UTF-16 units but the escape character, among them those that
   * PowerShell escapes: controls, lone surrogates, {@code _x}, markup, U+FFFE.
   *
   * @return strings of 0 to a few dozen units
   */
  public static Arbitrary<String> recordText() {
    Arbitrary<String> units = Arbitraries.strings().all().excludeChars('\u001B').ofMaxLength(12);
    Arbitrary<String> known =
        Arbitraries.of(
            "_",
            "_x",
            "_x000A_",
            "_X005f_",
            "x000A_",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\r\n",
            "\ufffe",
            "\uffff",
            "\u0085",
            "&lt;",
            "&amp;#65;",
            "<S S=\"Error\">",
            "</S>",
            "</Objs>",
            "]]>",
            "\u00e4\u65e5",
            "\0",
            ROOT,
            "#< CLIXML\n");
    return Arbitraries.oneOf(units, known).list().ofMaxSize(4).map(parts -> String.join("", parts));
  }

  /**
   * Bytes that no PowerShell wrote: any, valid UTF-8 or not, with pieces that resemble CLIXML. They
   * hold no header and no start tag of a document.
   *
   * @return arrays of 0 to about 100 bytes
   */
  public static Arbitrary<byte[]> raw() {
    Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(16);
    Arbitrary<byte[]> known =
        Arbitraries.of(
                "<",
                "#",
                "<<",
                "#<",
                "#< CLIXM\n",
                " #< CLIXML\n",
                "<Objs >",
                "<Objs Version=\"1\">",
                "</Objs>",
                "<S S=\"Error\">_x000A_&lt;</S>",
                "\u001b[31m",
                "\n",
                "\r\n",
                ROOT + "<")
            .map(piece -> piece.replace(ROOT, ROOT.replace("/04", "/05")))
            .map(piece -> piece.getBytes(ISO_8859_1));
    return Arbitraries.oneOf(any, known).list().ofMaxSize(6).map(CliXmlArbitraries::join);
  }

  /**
   * A whole stderr: documents, with or without headers, and raw bytes around and inside them.
   *
   * @return samples of 0 bytes to a few kilobytes
   */
  public static Arbitrary<Sample> stderr() {
    Arbitrary<Part> raw = raw().map(bytes -> writing -> writing.raw(bytes));
    return Arbitraries.oneOf(raw, document(2)).list().ofMaxSize(5).map(CliXmlArbitraries::sample);
  }

  /**
   * One document with its header and nothing else, as a PowerShell writes whose script starts no
   * native program.
   *
   * @return samples of about a hundred bytes to a few kilobytes
   */
  public static Arbitrary<Sample> document() {
    return document(0).map(document -> sample(List.of(document)));
  }

  /** Something that is written, and what it says. */
  @FunctionalInterface
  private interface Part {
    void appendTo(Writing writing);
  }

  private static Arbitrary<Part> document(int nesting) {
    Arbitrary<String> header = Arbitraries.of("", "#< CLIXML\n", "#< CLIXML\r\n");
    return Combinators.combine(header, part(nesting).list().ofMaxSize(6)).as(Document::new);
  }

  private static Arbitrary<Part> part(int nesting) {
    Arbitrary<Part> record = Arbitraries.oneOf(errors(), messages(), leftOut(), objects());
    Arbitrary<Part> foreign = nesting == 0 ? record : Arbitraries.oneOf(lines(), nested(nesting));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, record), net.jqwik.api.Tuple.of(1, foreign));
  }

  private static Arbitrary<Part> errors() {
    Arbitrary<String> stream = Arbitraries.of("Error", "error", "Output", "x");
    Arbitrary<String> colour = Arbitraries.of("", "\u001b[m", "\u001b[31;1m", "\u001b[38:5:1m");
    return Combinators.combine(stream, recordText(), colour, recordText())
        .as(
            (name, before, code, after) ->
                writing -> {
                  String joined = code.isEmpty() ? before : before + code + after;
                  writing.markup("<S S=\"" + name + "\">" + encoded(joined) + "</S>");
                  writing.says(before);
                  writing.says(code.isEmpty() ? "" : after);
                });
  }

  private static Arbitrary<Part> messages() {
    Arbitrary<String> stream = Arbitraries.of("warning", "verbose", "debug", "Warning", "DEBUG");
    return Combinators.combine(stream, recordText())
        .as(
            (name, message) ->
                writing -> {
                  writing.markup("<S S=\"" + name + "\">" + encoded(message) + "</S>");
                  writing.startLine();
                  writing.says(name.toUpperCase(java.util.Locale.ROOT) + ": ");
                  writing.says(message);
                  writing.endLine();
                });
  }

  private static Arbitrary<Part> leftOut() {
    Arbitrary<String> stream = Arbitraries.of("progress", "information", "Progress");
    return Combinators.combine(stream, recordText(), Arbitraries.integers().between(0, 3))
        .as(
            (name, text, depth) ->
                writing ->
                    writing.markup(
                        "<Obj S=\""
                            + name
                            + "\" RefId=\"0\"><TNRef RefId=\"0\" />"
                            + ("<ToString>" + encoded(text) + "</ToString><Props>")
                            + "<Obj N=\"a\" RefId=\"1\"><LST>".repeat(depth)
                            + ("<S N=\"" + encoded("n") + "\">" + encoded(text) + "</S><Nil />")
                            + "</LST></Obj>".repeat(depth)
                            + "</Props></Obj>"));
  }

  private static Arbitrary<Part> objects() {
    return Combinators.combine(recordText(), recordText())
        .as(
            (text, property) ->
                writing -> {
                  writing.markup(
                      "<Obj S=\"Error\" RefId=\"0\"><TN RefId=\"0\"><T>a.Type</T></TN><ToString>"
                          + (encoded(text) + "</ToString><MS><Obj N=\"e\" RefId=\"1\"><ToString>")
                          + (encoded(property) + "</ToString></Obj><S N=\"p\">")
                          + (encoded(property) + "</S></MS></Obj>"));
                  writing.startLine();
                  writing.says(text);
                  writing.startLine();
                });
  }

  /** Lines of native programs, between records or in the middle of a progress record. */
  private static Arbitrary<Part> lines() {
    Arbitrary<byte[]> line =
        Arbitraries.of("native <error> & _x000A_\n", "\u00fc \u001b[1mx<\n", "<b>\r\n", "\n")
            .map(text -> text.getBytes(ISO_8859_1));
    return Combinators.combine(line, Arbitraries.of(true, false))
        .as(
            (bytes, insideProgress) ->
                writing -> {
                  writing.markup(insideProgress ? "<Obj S=\"progress\"><MS>" : "");
                  writing.raw(bytes);
                  writing.markup(insideProgress ? "<AV>a</AV></MS></Obj>" : "");
                });
  }

  /** A child's document, between the parent's records or in the middle of one. */
  private static Arbitrary<Part> nested(int nesting) {
    Arbitrary<List<String>> around =
        Arbitraries.of(
            List.of("", ""),
            List.of("<S S=\"Error\">", "</S>"),
            List.of("<Obj S=\"progress\"><MS><AV>a", "b</AV></MS></Obj>"));
    return Combinators.combine(around, document(nesting - 1))
        .as(
            (tags, document) ->
                writing -> {
                  writing.markup(tags.get(0));
                  document.appendTo(writing);
                  writing.markup(tags.get(1));
                });
  }

  private static Sample sample(List<Part> parts) {
    Writing writing = new Writing();
    parts.forEach(part -> part.appendTo(writing));
    return new Sample(writing);
  }

  private static byte[] join(List<byte[]> pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    pieces.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  /** As PowerShell's serializer escapes a value, and .NET's XML writer what it wrote. */
  private static String encoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      encoded.append(encoded(value.charAt(i), i + 1 < value.length() ? value.charAt(i + 1) : ' '));
    }
    return encoded.toString();
  }

  private static String encoded(char unit, char next) {
    boolean literal = unit == '_' && (next == 'x' || next == 'X');
    if (Character.isISOControl(unit) || Character.isSurrogate(unit) || literal) {
      return String.format("_x%04X_", (int) unit);
    }
    return switch (unit) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\uFFFE' -> "&#xFFFE;";
      case '\uFFFF' -> "&#xFFFF;";
      default -> String.valueOf(unit);
    };
  }

  /** A document, behind its header where a line begins. */
  private record Document(String header, List<Part> parts) implements Part {

    @Override
    public void appendTo(Writing writing) {
      String outer = writing.lineEnd;
      if (!header.isEmpty() && writing.headerMayFollow) {
        writing.markup(header);
        writing.announced = header.endsWith("\r\n") ? "\r\n" : "\n";
      }
      String announced = writing.announced;
      writing.lineEnd = announced;
      writing.markup(ROOT);
      parts.forEach(part -> part.appendTo(writing));
      writing.markup("</Objs>");
      writing.lineEnd = outer;
      writing.announced = announced;
    }
  }

  /** What was written so far, and what it says. */
  private static final class Writing {

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final NavigableMap<Integer, Integer> certain = new TreeMap<>(java.util.Map.of(0, 0));
    private String lineEnd = "\n";
    private String announced = "\n";
    private boolean headerMayFollow = true;
    private boolean atLineStart = true;

    void markup(String markup) {
      certain.put(stderr.size(), text.size());
      stderr.writeBytes(markup.getBytes(UTF_8));
      headerMayFollow |= !markup.isEmpty();
    }

    void raw(byte[] bytes) {
      certain.put(stderr.size(), text.size());
      stderr.writeBytes(bytes);
      say(bytes);
      if (bytes.length > 0) {
        headerMayFollow = bytes[bytes.length - 1] == '\n';
      }
    }

    /** Text is certain when what comes behind it begins. */
    void says(String words) {
      say(generalizedUtf8(words));
    }

    void startLine() {
      if (!atLineStart) {
        endLine();
      }
    }

    void endLine() {
      says(lineEnd);
    }

    private void say(byte[] bytes) {
      text.writeBytes(bytes);
      if (bytes.length > 0) {
        atLineStart = bytes[bytes.length - 1] == '\n';
      }
    }
  }

  /** UTF-8; each unit that is no character, by its three bytes. */
  private static byte[] generalizedUtf8(String words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    words
        .codePoints()
        .forEach(
            point -> {
              boolean lone = point >= 0xD800 && point <= 0xDFFF;
              byte[] three = {
                (byte) 0xED, (byte) (point >> 6 & 0x3F | 0x80), (byte) (point & 0x3F | 0x80)
              };
              bytes.writeBytes(lone ? three : Character.toString(point).getBytes(UTF_8));
            });
    return bytes.toByteArray();
  }
}
