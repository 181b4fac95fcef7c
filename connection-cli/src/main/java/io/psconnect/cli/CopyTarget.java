package io.psconnect.cli;

import io.psconnect.ConnectionUri;
import io.psconnect.PercentEscapes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file goes, host and path in one word: {@code ssh://user@host:22/C:/x?option=value},
 * {@code local:/tmp/x}. In the path, as in the rest, percent escapes are decoded.
 *
 * @param host the word without its path
 * @param path as the host writes it: {@code C:/x}, {@code \\server\share\x} or {@code /tmp/x}
 */
record CopyTarget(ConnectionUri host, String path) {
  /** A scheme of one letter would be a drive. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?s)(?<scheme>[a-z][a-z0-9+.-]+:)(?<authority>//[^/?]*)?(?<path>[^?]*)(?<query>\\?.*)?");

  private static final Pattern AUTHORITY =
      Pattern.compile("//(?:[^:@]*@)?(?:\\[[^\\]@]*\\]|[^:@\\[\\]]*)(?::\\d*)?");

  /** What a URI puts before the path of a file on Windows. */
  private static final Pattern SLASH_BEFORE_WINDOWS_PATH =
      Pattern.compile("^/(?=[A-Za-z]:[/\\\\]|\\\\\\\\)");

  private static final Pattern ABSOLUTE = Pattern.compile("(?s)(?:/|[A-Za-z]:[/\\\\]|\\\\\\\\).+");

  private static final String ADVICE =
      "write ssh://user@host/C:/folder/file or local:/folder/file, or give --url and --to";

  /**
   * Reads such a word. Errors do not repeat it.
   *
   * @throws IllegalArgumentException if it is not written so, names no path, or holds a password
   */
  static CopyTarget parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      requireNoSecret(text);
      throw new IllegalArgumentException("the target does not begin with a backend; " + ADVICE);
    }
    return new CopyTarget(host(matcher), path(matcher));
  }

  /** Something is wrong before the path: it is not repeated, because a password may be in it. */
  private static ConnectionUri host(Matcher matcher) {
    String authority = part(matcher, "authority");
    if (!authority.isEmpty() && !AUTHORITY.matcher(authority).matches()) {
      throw badAuthority();
    }
    return ConnectionUri.parse(matcher.group("scheme") + authority + part(matcher, "query"));
  }

  private static void requireNoSecret(String text) {
    if (text.contains("@")) {
      throw badAuthority();
    }
  }

  private static IllegalArgumentException badAuthority() {
    return new IllegalArgumentException(
        "the target must have user@host or user@host:port between // and the next /, and no"
            + " password, which would show in process lists; "
            + ADVICE);
  }

  private static String path(Matcher matcher) {
    String path = PercentEscapes.decode("the target's path", part(matcher, "path"));
    if (!ABSOLUTE.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "the target names no file on the host by its absolute path; " + ADVICE);
    }
    return SLASH_BEFORE_WINDOWS_PATH.matcher(path).replaceFirst("");
  }

  private static String part(Matcher matcher, String name) {
    String part = matcher.group(name);
    return part == null ? "" : part;
  }
}
