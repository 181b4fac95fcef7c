package io.psconnect.powershell;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The last tag that was read: strictly what PowerShell's serializer writes, so that anything which
 * only resembles it is left as text. Element names are those of MS-PSRP 2.2.5; none is longer than
 * eight bytes, so a name is kept packed in a {@code long}.
 */
final class CliXmlTag {

  /** What begins here is no tag. */
  static final int NONE = -1;

  /** What begins here may be a tag: more bytes are needed to tell. */
  static final int MORE = 0;

  static final long OBJ = pack("Obj");
  static final long S = pack("S");
  static final long T = pack("T");
  static final long TO_STRING = pack("ToString");

  private static final long[] STRUCTURE =
      packAll("Obj TN TNRef Props MS LST IE QUE STK DCT En PR Nil Ref");
  private static final long[] NAMES =
      packAll(
          "Obj TN TNRef Props MS LST IE QUE STK DCT En PR Nil Ref T ToString S C B DT TS By SB U16"
              + " I16 U32 I32 U64 I64 Sg Db D BA G URI Version XD SBK SS AV AI PI PC SR SD");

  /** Longer than any that PowerShell writes, but for property names chosen to be so. */
  static final int MAX_LENGTH = 512;

  private static final byte[] ROOT_START = ascii("<Objs Version=\"");
  private static final byte[] ROOT_END =
      ascii("\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">");
  private static final byte[] DOCUMENT_END = ascii("</Objs>");
  private static final byte[] HEADER = ascii("#< CLIXML");
  private static final int MAX_VERSION = 32;

  private byte[] bytes = {};
  private int at;
  private int limit;
  private long name;
  private boolean isEnd;
  private boolean isEmpty;
  private boolean hasStream;
  private CliXmlStream stream = CliXmlStream.TEXT;

  long name() {
    return name;
  }

  boolean isEnd() {
    return isEnd;
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /** Whether it carries the {@code S} attribute, which only the start of a record does. */
  boolean hasStream() {
    return hasStream;
  }

  CliXmlStream stream() {
    return stream;
  }

  /** Whether the element holds a value, rather than other elements. */
  boolean isLeaf() {
    return Arrays.binarySearch(STRUCTURE, name) < 0;
  }

  /** Reads the tag at {@code from}; returns its length, {@link #NONE} or {@link #MORE}. */
  int read(byte[] input, int from, int to) {
    bytes = input;
    limit = Math.min(to, from + MAX_LENGTH);
    at = from + 1;
    hasStream = false;
    isEmpty = false;
    stream = CliXmlStream.TEXT;
    isEnd = at < limit && input[at] == '/';
    if (isEnd) {
      at++;
    }
    int outcome = readName();
    if (outcome > 0) {
      outcome = isEnd ? readClose() : readAttributes();
    }
    if (outcome == MORE && limit < to) {
      return NONE;
    }
    return outcome > 0 ? at - from : outcome;
  }

  private int readName() {
    long packed = 0;
    int start = at;
    while (at < limit && isNameByte(bytes[at])) {
      packed = packed << 8 | bytes[at++];
    }
    name = packed;
    if (at - start > Long.BYTES || at < limit && !isKnown(packed)) {
      return NONE;
    }
    return at < limit ? 1 : mayBecomeKnown(at - start);
  }

  private int mayBecomeKnown(int length) {
    for (long known : NAMES) {
      int rest = Long.BYTES - Long.numberOfLeadingZeros(known) / 8 - length;
      if (rest >= 0 && known >>> 8 * rest == name || length == 0) {
        return MORE;
      }
    }
    return NONE;
  }

  private int readAttributes() {
    while (at < limit && bytes[at] == ' ') {
      at++;
      if (at < limit && bytes[at] == '/') {
        isEmpty = true;
        at++;
        return readClose();
      }
      int outcome = readAttribute();
      if (outcome <= 0) {
        return outcome;
      }
    }
    return readClose();
  }

  private int readAttribute() {
    int nameStart = at;
    while (at < limit && isNameByte(bytes[at])) {
      at++;
    }
    int nameEnd = at;
    if (at < limit && (nameEnd == nameStart || bytes[at++] != '=')) {
      return NONE;
    }
    if (at < limit && bytes[at++] != '"') {
      return NONE;
    }
    int start = at;
    while (at < limit && bytes[at] != '"') {
      if (bytes[at] == '<' || bytes[at] >= 0 && bytes[at] < ' ') {
        return NONE;
      }
      at++;
    }
    if (at >= limit) {
      return MORE;
    }
    if (nameEnd - nameStart == 1 && bytes[nameStart] == 'S') {
      hasStream = true;
      stream = CliXmlStream.named(bytes, start, at);
    }
    at++;
    return 1;
  }

  private int readClose() {
    if (at >= limit) {
      return MORE;
    }
    return bytes[at++] == '>' ? 1 : NONE;
  }

  /** The length of a document's start tag at {@code from}, {@link #NONE} or {@link #MORE}. */
  static int root(byte[] input, int from, int to) {
    int start = match(ROOT_START, input, from, to);
    if (start <= 0) {
      return start;
    }
    int at = from + start;
    int farthest = Math.min(to, at + MAX_VERSION);
    while (at < farthest && isVersionByte(input[at])) {
      at++;
    }
    int end = match(ROOT_END, input, at, to);
    return end <= 0 ? end : at + end - from;
  }

  /** The length of a document's end tag at {@code from}, {@link #NONE} or {@link #MORE}. */
  static int documentEnd(byte[] input, int from, int to) {
    return match(DOCUMENT_END, input, from, to);
  }

  /** The length of a header line at {@code from}, {@link #NONE} or {@link #MORE}. */
  static int header(byte[] input, int from, int to) {
    int length = match(HEADER, input, from, to);
    if (length <= 0) {
      return length;
    }
    int at = from + length;
    if (at < to && input[at] == '\r') {
      at++;
    }
    if (at >= to) {
      return MORE;
    }
    return input[at] == '\n' ? at + 1 - from : NONE;
  }

  private static int match(byte[] wanted, byte[] input, int from, int to) {
    int length = Math.min(wanted.length, to - from);
    int same = 0;
    while (same < length && wanted[same] == input[from + same]) {
      same++;
    }
    if (same < length) {
      return NONE;
    }
    return same == wanted.length ? same : MORE;
  }

  private static boolean isVersionByte(byte b) {
    return b >= '0' && b <= '9' || b == '.';
  }

  static boolean isNameByte(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
  }

  private static boolean isKnown(long packed) {
    return packed == S || packed == OBJ || Arrays.binarySearch(NAMES, packed) >= 0;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static long[] packAll(String names) {
    return Arrays.stream(names.split(" ")).mapToLong(CliXmlTag::pack).sorted().toArray();
  }

  private static long pack(String name) {
    long packed = 0;
    for (byte b : ascii(name)) {
      packed = packed << 8 | b;
    }
    return packed;
  }
}
