package io.psconnect.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percent escapes of UTF-8, as RFC 3986 has them: a plus sign is a plus sign. */
final class PercentEscapes {
  private static final Pattern RUN = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private PercentEscapes() {}

  /**
   * Takes the escapes out.
   *
   * @param name what the text is, for the error
   * @throws IllegalArgumentException if a percent sign begins no escape, or escapes are not UTF-8
   */
  static String decode(String name, String text) {
    if (RUN.matcher(text).replaceAll("").contains("%")) {
      throw new IllegalArgumentException(
          "%s is '%s'; after a %% come two hexadecimal digits: write a percent sign as %%25"
              .formatted(name, text));
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
          "%s has the escapes %s, which are not UTF-8".formatted(name, run), e);
    }
  }
}
