package io.psconnect.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What values of options must be like, for backends, so that all refuse the same and in the same
 * words.
 */
public final class OptionChecks {
  private static final Pattern HOST = Pattern.compile("\\[[^\\s/@\\[\\]]+]|[^\\s/@\\[\\]]+");
  private static final Pattern PLAIN_PATH = Pattern.compile("[\\p{L}\\p{Nd} .:\\\\/_()~+-]+");

  private OptionChecks() {}

  /**
   * A host.
   *
   * @param nameOrAddress a name, an IPv4 address, or an IPv6 address with or without brackets
   * @return without brackets
   * @throws IllegalArgumentException if it is blank, or holds a blank, {@code /} or {@code @}
   */
  public static String host(String nameOrAddress) {
    Objects.requireNonNull(nameOrAddress, "host");
    if (!HOST.matcher(nameOrAddress).matches()) {
      throw new IllegalArgumentException(
          "host is '%s'; it must be a name or an address, such as build01 or 10.0.0.7"
              .formatted(nameOrAddress));
    }
    return nameOrAddress.replaceAll("[\\[\\]]", "");
  }

  /**
   * A port.
   *
   * @param number of TCP
   * @return the same
   * @throws IllegalArgumentException if it is less than 1 or more than 65535
   */
  public static int port(int number) {
    return between("port", number, 1, 65535);
  }

  /**
   * A number within limits.
   *
   * @param option its name
   * @param number the value
   * @param least that it may be
   * @param most that it may be
   * @return the same
   * @throws IllegalArgumentException if it is less or more
   */
  public static int between(String option, int number, int least, int most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "%s is %d; it must be between %d and %d".formatted(option, number, least, most));
    }
    return number;
  }

  /**
   * How long something may take.
   *
   * @param option its name
   * @param timeout the value; {@link Duration#ZERO} for any time
   * @return the same
   * @throws IllegalArgumentException if it is negative
   */
  public static Duration timeout(String option, Duration timeout) {
    if (Objects.requireNonNull(timeout, option).isNegative()) {
      throw new IllegalArgumentException(
          "%s is %s; it must be zero (none) or more".formatted(option, timeout));
    }
    return timeout;
  }

  /**
   * A text that says something.
   *
   * @param option its name
   * @param value the text
   * @param example of a text that would do
   * @return the same
   * @throws IllegalArgumentException if it is blank
   */
  public static String notBlank(String option, String value, String example) {
    if (Objects.requireNonNull(value, option).isBlank()) {
      throw new IllegalArgumentException(
          "%s is blank; it must be something like %s".formatted(option, example));
    }
    return value;
  }

  /**
   * One of several.
   *
   * @param option its name
   * @param value a word, or a constant of an enum
   * @param allowed what it may be: words, or constants of the enum
   * @return the word
   * @throws IllegalArgumentException if it is none of them
   */
  public static String oneOf(String option, Object value, Collection<?> allowed) {
    String word = Objects.requireNonNull(value, option).toString();
    List<String> words = allowed.stream().map(Object::toString).toList();
    if (!words.contains(word)) {
      throw new IllegalArgumentException(
          "%s is '%s'; it must be one of %s".formatted(option, word, String.join(", ", words)));
    }
    return word;
  }

  /**
   * PowerShell on another host, by whose command interpreter, which may be any, its path has to go
   * as it is.
   *
   * @param pathOrName a path, or a name on the host's PATH
   * @param example of what would do
   * @return the same
   * @throws IllegalArgumentException if it is blank, or has characters other than letters, digits,
   *     blanks and {@code .:\/_-()~+}
   */
  public static String remotePowerShell(String pathOrName, String example) {
    notBlank("powerShell", pathOrName, example);
    if (!PLAIN_PATH.matcher(pathOrName).matches()) {
      throw new IllegalArgumentException(
          "powerShell is '%s'; it must have only letters, digits, blanks and .:\\/_-()~+ in it"
              .formatted(pathOrName));
    }
    return pathOrName;
  }
}
