package io.psconnect.testkit.arbitraries;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Bytes for a script's standard input. */
@SuppressWarnings("exports") // who uses arbitraries has jqwik; who uses a fake must not need it
public final class InputArbitraries {
  private static final int MAX_LINES = 20;
  private static final int LARGE_MIN = 60_000;
  private static final int LARGE_MAX = 300_000;

  private InputArbitraries() {}

  /**
   * Input of every kind: none, binary, lines of text, and now and then more than the buffer of a
   * pipe holds.
   *
   * @return at most 300,000 bytes
   */
  public static Arbitrary<byte[]> inputs() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(new byte[0])),
        Tuple.of(4, binary()),
        Tuple.of(4, lines()),
        Tuple.of(1, large()));
  }

  /**
   * Bytes of any value.
   *
   * @return 1 to 1,000 bytes
   */
  public static Arbitrary<byte[]> binary() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(1_000);
  }

  /**
   * Lines of UTF-8 text, with any of the three line ends, empty lines among them, and with or
   * without an end after the last. No byte order mark, no NUL.
   *
   * @return the bytes of 1 to 20 lines
   */
  public static Arbitrary<byte[]> lines() {
    return lineText().map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static Arbitrary<String> lineText() {
    Arbitrary<String> line =
        ScriptArbitraries.anyText().map(text -> text.replaceAll("[\0\r\n\uFEFF]", ""));
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n", "\r");
    Arbitrary<List<String>> lines =
        Combinators.combine(line, end).as(String::concat).list().ofMinSize(1).ofMaxSize(MAX_LINES);
    return Combinators.combine(lines, Arbitraries.of(true, false))
        .as((list, ended) -> ended ? String.join("", list) : String.join("", list).stripTrailing());
  }

  /**
   * More than the buffers between here and the script hold; the bytes are random, and follow from
   * the size.
   *
   * @return 60,000 to 300,000 bytes
   */
  public static Arbitrary<byte[]> large() {
    return Arbitraries.integers().between(LARGE_MIN, LARGE_MAX).map(InputArbitraries::bytes);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
