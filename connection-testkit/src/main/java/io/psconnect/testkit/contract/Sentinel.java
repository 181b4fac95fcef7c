package io.psconnect.testkit.contract;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A word that must not show: not in clear, and not in Base64 of UTF-8 or of UTF-16 either. */
final class Sentinel {
  private final String text = "s3ntinel" + UUID.randomUUID().toString().replace("-", "");

  String text() {
    return text;
  }

  boolean showsIn(String where) {
    return Stream.concat(
            Stream.of(text),
            Stream.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE).flatMap(this::base64))
        .anyMatch(where::contains);
  }

  /** Base64 of a text that holds the word somewhere holds one of three forms of its middle. */
  private Stream<String> base64(Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return IntStream.range(0, 3)
        .mapToObj(skipped -> List.of(skipped, (bytes.length - skipped) / 3 * 3))
        .map(range -> middle(bytes, range.get(0), range.get(1)));
  }

  private static String middle(byte[] bytes, int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(bytes, from, part, 0, length);
    return Base64.getEncoder().encodeToString(part);
  }

  /** The word as an input; what is to happen when it has been read is done before its end. */
  InputStream thenAtItsEnd(Runnable action) {
    InputStream word = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    InputStream end =
        new InputStream() {
          @Override
          public int read() {
            action.run();
            return -1;
          }
        };
    return new SequenceInputStream(word, end);
  }
}
