package io.psconnect;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1.5h}. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?)(ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @param name what it is for, to be named in the error
   * @param text a number of up to six digits and a unit: ms, s, m or h; {@code 0s} is zero
   * @return the duration
   * @throws IllegalArgumentException if it is not written so
   */
  public static Duration parse(String name, String text) {
    return parse(name, text, "'" + text + "'");
  }

  /** With what the error shows of the text. */
  static Duration parse(String name, String text, String shown) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s is %s; it must be a number and a unit (ms, s, m or h), such as 30s"
              .formatted(name, shown));
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    BigDecimal unit = BigDecimal.valueOf(NANOS.get(matcher.group(2)));
    return Duration.ofSeconds(0, number.multiply(unit).longValue());
  }

  /**
   * Writes a duration for a message.
   *
   * @param duration any duration
   * @return for instance {@code 30 s} or {@code 250 ms}
   */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
