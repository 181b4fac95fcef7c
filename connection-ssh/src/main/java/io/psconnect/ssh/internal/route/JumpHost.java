package io.psconnect.ssh.internal.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One entry of {@code ProxyJump}: {@code user@host:port}, or {@code ssh://user@host:port}. */
record JumpHost(Optional<String> user, String host, OptionalInt port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<uri>ssh://)?(?:(?<user>[^\\s/]+)@)?"
              + "(?:\\[(?<address>[^\\s\\[\\]@]+)]|(?<host>[^\\s\\[\\]@:/]+))"
              + "(?::(?<port>\\d{1,9}))?/?",
          Pattern.CASE_INSENSITIVE);

  /** Reads a list; {@code none}, in any case, is the empty one. */
  static List<JumpHost> list(String text) {
    if (text.equalsIgnoreCase("none")) {
      return List.of();
    }
    List<JumpHost> hosts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      hosts.add(of(each.strip()));
    }
    return hosts;
  }

  static JumpHost of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "jump host is '%s'; it must be written as user@host:port or ssh://user@host:port, where"
                  .formatted(text)
              + " user@ and :port may be left out");
    }
    Optional<String> user = Optional.ofNullable(form.group("user"));
    return new JumpHost(
        form.group("uri") == null ? user : user.map(JumpHost::decoded),
        form.group("host") == null ? form.group("address") : form.group("host"),
        form.group("port") == null
            ? OptionalInt.empty()
            : OptionalInt.of(Ports.parse(form.group("port"))));
  }

  private static String decoded(String user) {
    return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The same with user and host changed. */
  JumpHost with(UnaryOperator<String> change) {
    return new JumpHost(user.map(change), change.apply(host), port);
  }
}
