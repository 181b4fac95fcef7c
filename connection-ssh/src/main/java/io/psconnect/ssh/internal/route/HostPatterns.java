package io.psconnect.ssh.internal.route;

import java.util.List;

/**
 * The patterns of a {@code Host} line, see ssh_config(5): {@code !} takes out a host that another
 * pattern lets in. Case matters.
 */
record HostPatterns(List<String> patterns) {

  boolean match(String host) {
    return patterns.stream().noneMatch(pattern -> takesOut(pattern, host))
        && patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, host));
  }

  private static boolean takesOut(String pattern, String host) {
    return pattern.startsWith("!") && Wildcard.matches(pattern.substring(1), host);
  }
}
