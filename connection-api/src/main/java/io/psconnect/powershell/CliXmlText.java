package io.psconnect.powershell;

/**
 * The text of a record, as PowerShell had it before it was written: XML entities first, then
 * PowerShell's own escapes, then colour codes taken out.
 */
final class CliXmlText implements CliXmlDecoder.ByteSink {

  private final Colours colours;
  private final Escapes escapes;
  private final Entities entities;

  CliXmlText(CliXmlDecoder.ByteSink out) {
    colours = new Colours(out);
    escapes = new Escapes(colours);
    entities = new Entities(escapes);
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    entities.accept(bytes, offset, length);
  }

  /** Ends a value: half an entity or escape was text after all. */
  void finish() {
    entities.finish();
    escapes.finish();
    colours.finish();
  }

  /** A stage that replaces what begins with one certain byte, and lets all else pass in bulk. */
  private abstract static class Replacing extends CliXmlStage {

    static final int NOTHING = -1;
    private static final int CAPACITY = 2048;
    private static final int MAX_LENGTH = 128;

    private final char mark;
    private final CliXmlDecoder.ByteSink next;
    private final byte[] batch = new byte[CAPACITY];
    private int batched;
    private int replacement;

    Replacing(char mark, CliXmlDecoder.ByteSink next) {
      super(MAX_LENGTH);
      this.mark = mark;
      this.next = next;
    }

    /**
     * The length of what is to be replaced at {@code at}, where the mark stands, {@link
     * CliXmlTag#NONE} for an ordinary byte or {@link CliXmlTag#MORE}; told to {@link #replaceBy}.
     */
    abstract int length(byte[] bytes, int at, int to, boolean last);

    /** Notes the character that stands for the next {@code length} bytes, or {@link #NOTHING}. */
    final int replaceBy(int character, int length) {
      replacement = character;
      return length;
    }

    @Override
    final int consume(byte[] bytes, int from, int to, boolean last) {
      int at = CliXmlScan.indexOf(bytes, from, to, mark);
      if (at == to) {
        next.accept(bytes, from, to - from);
        return to;
      }
      int text = from;
      while (at < to) {
        int length = length(bytes, at, to, last);
        if (length == CliXmlTag.MORE && !last) {
          break;
        }
        if (length > 0) {
          copy(bytes, text, at);
          put(replacement);
          text = at + length;
        }
        at = next(bytes, at + Math.max(length, 1), to);
      }
      copy(bytes, text, at);
      flush();
      return at;
    }

    /** Marks often stand in a row. */
    private int next(byte[] bytes, int from, int to) {
      return from < to && bytes[from] == mark ? from : CliXmlScan.indexOf(bytes, from, to, mark);
    }

    private void copy(byte[] bytes, int from, int to) {
      int length = to - from;
      if (length > CAPACITY - batched) {
        flush();
      }
      if (length > CAPACITY) {
        next.accept(bytes, from, length);
      } else {
        System.arraycopy(bytes, from, batch, batched, length);
        batched += length;
      }
    }

    private void flush() {
      if (batched > 0) {
        int length = batched;
        batched = 0;
        next.accept(batch, 0, length);
      }
    }

    /** Writes a character as UTF-8; a lone surrogate as the same scheme would write it (WTF-8). */
    private void put(int character) {
      if (batched > CAPACITY - 4) {
        flush();
      }
      if (character == NOTHING) {
        return;
      }
      if (character < 0x80) {
        batch[batched++] = (byte) character;
      } else if (character < 0x800) {
        batch[batched++] = (byte) (0xC0 | character >> 6);
        continuation(character);
      } else if (character < 0x10000) {
        batch[batched++] = (byte) (0xE0 | character >> 12);
        continuation(character >> 6);
        continuation(character);
      } else {
        batch[batched++] = (byte) (0xF0 | character >> 18);
        continuation(character >> 12);
        continuation(character >> 6);
        continuation(character);
      }
    }

    private void continuation(int bits) {
      batch[batched++] = (byte) (0x80 | bits & 0x3F);
    }
  }

  /** The five entities of XML and its character references; there are no others. */
  private static final class Entities extends Replacing {

    private static final int MAX_LENGTH = 16;

    Entities(CliXmlDecoder.ByteSink next) {
      super('&', next);
    }

    @Override
    int length(byte[] bytes, int at, int to, boolean last) {
      int limit = Math.min(to, at + MAX_LENGTH);
      int end = at + 1;
      while (end < limit && (CliXmlTag.isNameByte(bytes[end]) || bytes[end] == '#')) {
        end++;
      }
      if (end == limit) {
        return limit == to ? CliXmlTag.MORE : CliXmlTag.NONE;
      }
      int character = bytes[end] == ';' ? character(bytes, at + 1, end) : -1;
      return character < 0 ? CliXmlTag.NONE : replaceBy(character, end + 1 - at);
    }

    private static int character(byte[] bytes, int from, int to) {
      return bytes[from] == '#' ? reference(bytes, from + 1, to) : entity(bytes, from, to);
    }

    private static int entity(byte[] bytes, int from, int to) {
      int packed = 0;
      for (int i = from; i < to && to - from <= Integer.BYTES; i++) {
        packed = packed << 8 | bytes[i];
      }
      switch (packed) {
        case 'l' << 8 | 't':
          return '<';
        case 'g' << 8 | 't':
          return '>';
        case 'a' << 16 | 'm' << 8 | 'p':
          return '&';
        case 'q' << 24 | 'u' << 16 | 'o' << 8 | 't':
          return '"';
        case 'a' << 24 | 'p' << 16 | 'o' << 8 | 's':
          return '\'';
        default:
          return -1;
      }
    }

    /** The character of a reference, or -1; surrogates are no characters, U+FFFE is let be one. */
    private static int reference(byte[] bytes, int from, int to) {
      boolean hexadecimal = from < to && bytes[from] == 'x';
      int radix = hexadecimal ? 16 : 10;
      int start = hexadecimal ? from + 1 : from;
      long value = start < to ? 0 : -1;
      for (int i = start; i < to && value >= 0; i++) {
        int digit = Character.digit(bytes[i], radix);
        value = digit < 0 ? -1 : value * radix + digit;
      }
      boolean isCharacter = value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
      return isCharacter ? (int) value : -1;
    }
  }

  /**
   * PowerShell's {@code _xHHHH_}, a UTF-16 unit; two surrogates that belong together are joined.
   */
  private static final class Escapes extends Replacing {

    private static final int LENGTH = 7;
    private static final int INCOMPLETE = -2;
    private static final int HIGH_SURROGATE = 0xD800 >>> 10;
    private static final int LOW_SURROGATE = 0xDC00 >>> 10;
    private static final byte[] DIGITS = digits();

    Escapes(CliXmlDecoder.ByteSink next) {
      super('_', next);
    }

    @Override
    int length(byte[] bytes, int at, int to, boolean last) {
      int unit = unit(bytes, at, to);
      if (unit < 0) {
        return unit == INCOMPLETE ? CliXmlTag.MORE : CliXmlTag.NONE;
      }
      if (unit >>> 10 != HIGH_SURROGATE) {
        return replaceBy(unit, LENGTH);
      }
      int following = unit(bytes, at + LENGTH, to);
      if (following == INCOMPLETE && !last) {
        return CliXmlTag.MORE;
      }
      return following >>> 10 == LOW_SURROGATE
          ? replaceBy(Character.toCodePoint((char) unit, (char) following), 2 * LENGTH)
          : replaceBy(unit, LENGTH);
    }

    /** The unit escaped at {@code at}; negative where none is, or where it cannot be told yet. */
    private static int unit(byte[] bytes, int at, int to) {
      if (to - at < LENGTH) {
        return mayBegin(bytes, at, to) ? INCOMPLETE : -1;
      }
      if (bytes[at] != '_' || (bytes[at + 1] | 0x20) != 'x' || bytes[at + 6] != '_') {
        return -1;
      }
      int high = digit(bytes[at + 2]) << 12 | digit(bytes[at + 3]) << 8;
      int unit = high | digit(bytes[at + 4]) << 4 | digit(bytes[at + 5]);
      return Math.max(unit, -1);
    }

    private static boolean mayBegin(byte[] bytes, int at, int to) {
      boolean may = at >= to || bytes[at] == '_';
      may = may && (at + 1 >= to || (bytes[at + 1] | 0x20) == 'x');
      for (int i = at + 2; may && i < to; i++) {
        may = digit(bytes[i]) >= 0;
      }
      return may;
    }

    private static int digit(byte b) {
      return DIGITS[b & 0xFF];
    }

    private static byte[] digits() {
      byte[] digits = new byte[256];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = (byte) (i < 0x80 ? Character.digit(i, 16) : -1);
      }
      return digits;
    }
  }

  /**
   * ECMA-48 "select graphic rendition": ESC [, parameters, m. PowerShell's errors are full of it.
   */
  private static final class Colours extends Replacing {

    private static final int MAX_LENGTH = 128;

    Colours(CliXmlDecoder.ByteSink next) {
      super('\u001B', next);
    }

    @Override
    int length(byte[] bytes, int at, int to, boolean last) {
      int limit = Math.min(to, at + MAX_LENGTH);
      if (at + 1 < to && bytes[at + 1] != '[') {
        return CliXmlTag.NONE;
      }
      int end = at + 2;
      while (end < limit && isParameter(bytes[end])) {
        end++;
      }
      if (end >= limit) {
        return limit == to ? CliXmlTag.MORE : CliXmlTag.NONE;
      }
      return bytes[end] == 'm' ? replaceBy(NOTHING, end + 1 - at) : CliXmlTag.NONE;
    }

    private static boolean isParameter(byte b) {
      return b >= '0' && b <= '9' || b == ';' || b == ':';
    }
  }
}
