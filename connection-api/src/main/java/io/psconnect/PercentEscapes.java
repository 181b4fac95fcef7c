package io.psconnect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percent escapes of UTF-8, as RFC 3986 has them: a plus sign is a plus sign. */
public final class PercentEscapes {
  private static final Pattern RUN = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private PercentEscapes() {}

  /**
   * Takes the escapes out. Errors do not repeat the text, for it may hold a password.
   *
   * @param name what the text is, to be named in the error
   * @param text with escapes or without
   * @return the text without escapes
   * @throws IllegalArgumentException if a percent sign begins no escape, or escapes are not UTF-8
   */
  public static String decode(String name, String text) {
    if (RUN.matcher(text).replaceAll("").contains("%")) {
      throw new IllegalArgumentException(
          name
              + " has a percent sign that two hexadecimal digits do not follow; write a percent"
              + " sign as %25");
    }
    return RUN.matcher(text)
        .replaceAll(run -> Matcher.quoteReplacement(decoded(name, run.group())));
  }

  private static String decoded(String name, String run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i < run.length(); i += 3) {
      bytes.write(Integer.parseInt(run.substring(i, i + 2), 16));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          name + " has percent escapes of bytes that are not UTF-8; write text as UTF-8", e);
    }
  }
}
