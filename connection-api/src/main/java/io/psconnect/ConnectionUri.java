package io.psconnect;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection as one word: {@code scheme://user@host:port?option=value&option=value}, of which all
 * but the scheme may be missing ({@code local}, {@code local:}, {@code local:?timeout=30s}). A
 * password is refused: such words stand on command lines and in logs. Percent escapes are decoded
 * in the user, the host and in values. Secrets can be added beside the word. Immutable, but for
 * {@link #wipe()}.
 */
public final class ConnectionUri {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>[a-z][a-z0-9+.-]*)"
              + "(?::(?://(?:(?<user>[^/?#@:]*)@)?(?<host>\\[[^\\]]*\\]|[^/?#:@]*)(?::(?<port>\\d*))?/?)?)?"
              + "(?:\\?(?<query>[^#]*))?");
  private static final Pattern PASSWORD =
      Pattern.compile("(?s)[^/?#]*//(?!\\[)[^/?#@]*:(?!\\d*(?:[/?#]|$)).*@.*");

  /** In {@code admin:1234?x@host} a password may have been read as a port and a query. */
  private static final Pattern DUBIOUS = Pattern.compile("(?s)[^?]*:\\d*/?\\?.*@.*");

  private final String scheme;
  private final String user;
  private final String host;
  private final String port;
  private final Map<String, String> options;
  private final Map<String, char[]> secrets;
  private final boolean dubious;

  private ConnectionUri(Matcher matcher) {
    dubious = DUBIOUS.matcher(matcher.group()).matches();
    scheme = matcher.group("scheme");
    user = decoded("the user in the URI", matcher.group("user"));
    host = decoded("the host in the URI", matcher.group("host"));
    port = Objects.requireNonNullElse(matcher.group("port"), "");
    options = options(Objects.requireNonNullElse(matcher.group("query"), ""));
    secrets = Map.of();
  }

  private ConnectionUri(
      ConnectionUri other, Map<String, String> options, Map<String, char[]> secrets) {
    scheme = other.scheme;
    user = other.user;
    host = other.host;
    port = other.port;
    dubious = other.dubious;
    this.options = options;
    this.secrets = secrets;
  }

  /**
   * Reads such a word.
   *
   * @param text the word
   * @return its parts
   * @throws IllegalArgumentException if it is not written so, or holds a password
   */
  public static ConnectionUri parse(String text) {
    if (PASSWORD.matcher(Objects.requireNonNull(text, "uri")).matches()) {
      throw new IllegalArgumentException(
          "a connection URI must not hold a password: it would show in logs and process lists;"
              + " write scheme://user@host and give the password by the backend's options");
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s is no connection URI; write it as scheme://user@host:port?option=value, or local:"
              .formatted(text.contains("@") ? "the text given" : "'" + text + "'"));
    }
    return new ConnectionUri(matcher);
  }

  private Map<String, String> options(String query) {
    Map<String, String> read = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(
            "%s in the URI's query is no option; write option=value".formatted(shown(pair)));
      }
      String key = pair.substring(0, equals);
      put(read, key, decoded("option " + shown(key), pair.substring(equals + 1)));
    }
    return read;
  }

  private void put(Map<String, String> options, String key, String value) {
    if (options.put(key, value) != null) {
      throw new IllegalArgumentException("option %s is given twice".formatted(shown(key)));
    }
  }

  private static String decoded(String name, String text) {
    return text == null ? "" : PercentEscapes.decode(name, text);
  }

  /** A part of the word for a message, which must not repeat what may be of a password. */
  private String shown(String part) {
    return dubious || part.contains("@") ? "'...'" : "'" + part + "'";
  }

  /**
   * The scheme, which is the backend's id.
   *
   * @return for instance {@code ssh}
   */
  public String scheme() {
    return scheme;
  }

  /**
   * The user.
   *
   * @return empty if none is named
   */
  public Optional<String> user() {
    return Optional.of(user).filter(name -> !name.isEmpty());
  }

  /**
   * The host.
   *
   * @return a name or address, an IPv6 address in brackets; empty if none is named
   */
  public Optional<String> host() {
    return Optional.of(host).filter(name -> !name.isEmpty());
  }

  /**
   * The port.
   *
   * @return empty if none is named
   * @throws IllegalArgumentException if it is not between 1 and 65535
   */
  public OptionalInt port() {
    if (port.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = port.length() > 5 ? 0 : Integer.parseInt(port);
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException(
          "port is %s; it must be between 1 and 65535".formatted(dubious ? "'...'" : port));
    }
    return OptionalInt.of(number);
  }

  /**
   * An option's value.
   *
   * @param key the option's name
   * @return empty if it is not given
   */
  public Optional<String> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /**
   * An option's value as a duration.
   *
   * @param key the option's name
   * @return empty if it is not given
   * @throws IllegalArgumentException if it is not written as {@link DurationText} says
   */
  public Optional<Duration> duration(String key) {
    return option(key).map(text -> DurationText.parse("option '" + key + "'", text, shown(text)));
  }

  /**
   * An option's value as a whole number.
   *
   * @param key the option's name
   * @return empty if it is not given
   * @throws IllegalArgumentException if it is not a number of up to nine digits
   */
  public OptionalInt integer(String key) {
    Optional<String> text = option(key);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "option '%s' is %s; it must be a whole number".formatted(key, shown(text.get())));
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /**
   * Adds an option, as if it stood in the word.
   *
   * @param key the option's name
   * @param value its value, in which nothing is decoded
   * @return the same word with the option
   * @throws IllegalArgumentException if the option is given already
   */
  public ConnectionUri withOption(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    put(more, Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return new ConnectionUri(this, more, secrets);
  }

  /**
   * Adds a secret that goes with the word without standing in it.
   *
   * @param name for instance {@code password} or {@code passphrase}, as the backend names it
   * @param value copied
   * @return the same word with the secret
   */
  public ConnectionUri withSecret(String name, char[] value) {
    Map<String, char[]> more = new HashMap<>(secrets);
    more.put(Objects.requireNonNull(name, "name"), value.clone());
    return new ConnectionUri(this, options, more);
  }

  /**
   * A secret that goes with the word.
   *
   * @param name for instance {@code password}
   * @return a copy, which the caller wipes; empty if none was given
   */
  public Optional<char[]> secret(String name) {
    return Optional.ofNullable(secrets.get(name)).map(char[]::clone);
  }

  /** Overwrites the secrets, which from then on are blank. */
  public void wipe() {
    secrets.values().forEach(secret -> Arrays.fill(secret, '\0'));
  }

  /**
   * Refuses options that the backend does not have.
   *
   * @param known the options it has
   * @return this
   * @throws IllegalArgumentException naming the unknown option and the known ones
   */
  public ConnectionUri allowOptions(String... known) {
    TreeSet<String> allowed = new TreeSet<>(List.of(known));
    for (String key : options.keySet()) {
      if (!allowed.contains(key)) {
        throw new IllegalArgumentException(
            "backend '%s' has no option %s; it has: %s"
                .formatted(scheme, shown(key), String.join(", ", allowed)));
      }
    }
    return this;
  }

  /** Shows the scheme, the user and the host, not the options, and no secret. */
  @Override
  public String toString() {
    return scheme + "://" + (user.isEmpty() ? "" : user + "@") + host;
  }
}
