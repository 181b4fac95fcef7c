package io.psconnect;

import java.nio.charset.StandardCharsets;

/**
 * UTF-8 in which a surrogate may stand alone, as three bytes: PowerShell's strings hold such
 * halves, and CLIXML brings them (the form is known as WTF-8, https://simonsapin.github.io/wtf-8/).
 * Whatever else is not UTF-8 becomes U+FFFD.
 */
final class GeneralizedUtf8 {
  private GeneralizedUtf8() {}

  static String decode(byte[] bytes) {
    int surrogate = nextSurrogate(bytes, 0);
    if (surrogate == bytes.length) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    int start = 0;
    while (surrogate < bytes.length) {
      text.append(utf8(bytes, start, surrogate)).append(surrogateAt(bytes, surrogate));
      start = surrogate + 3;
      surrogate = nextSurrogate(bytes, start);
    }
    return text.append(utf8(bytes, start, bytes.length)).toString();
  }

  private static String utf8(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static char surrogateAt(byte[] bytes, int i) {
    return (char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F);
  }

  /** A surrogate is ED, A0 to BF, 80 to BF; ED never stands inside another character. */
  private static int nextSurrogate(byte[] bytes, int from) {
    for (int i = from; i < bytes.length - 2; i++) {
      if (bytes[i] == (byte) 0xED
          && (bytes[i + 1] & 0xE0) == 0xA0
          && (bytes[i + 2] & 0xC0) == 0x80) {
        return i;
      }
    }
    return bytes.length;
  }
}
