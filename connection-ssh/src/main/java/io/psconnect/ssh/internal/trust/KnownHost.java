package io.psconnect.ssh.internal.trust;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of known_hosts, see SSH_KNOWN_HOSTS FILE FORMAT of sshd(8). */
record KnownHost(Place place, Marker marker, HostNames hosts, HostKey key) {
  private static final Map<String, Marker> MARKERS =
      Map.of("@cert-authority", Marker.AUTHORITY, "@revoked", Marker.REVOKED);
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<marker>@\\S+)[ \\t]+)?(?<hosts>[^\\s@]\\S*)[ \\t]+(?<type>[^\\s#]\\S*)[ \\t]+"
              + "(?<key>\\S+)(?:[ \\t].*)?",
          Pattern.DOTALL);

  /** What a line says of its key. */
  enum Marker {
    /** It is the host's. */
    NONE,
    /** It signs the certificates of hosts. */
    AUTHORITY,
    /** It must not be taken. */
    REVOKED
  }

  /** Where a line stands. */
  record Place(Path file, int number) {
    @Override
    public String toString() {
      return "line %d of %s".formatted(number, file);
    }
  }

  /**
   * Reads a line.
   *
   * @return empty for a blank one and a comment
   * @throws IllegalArgumentException if it cannot be read
   */
  static Optional<KnownHost> parse(Place place, String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(line);
    if (!form.matches()) {
      throw new IllegalArgumentException("it is not of the form 'hosts type key'");
    }
    return Optional.of(
        new KnownHost(
            place,
            marker(form.group("marker")),
            HostNames.parse(form.group("hosts")),
            HostKey.parse(form.group("type"), form.group("key"))));
  }

  private static Marker marker(String text) {
    if (text == null) {
      return Marker.NONE;
    }
    return Optional.ofNullable(MARKERS.get(text))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is neither @cert-authority nor @revoked".formatted(text)));
  }
}
