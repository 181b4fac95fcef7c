package io.psconnect.ssh.internal.route;

import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The way to a host: what is said in the options, else in the configuration file, else usual. */
public final class Route {
  private static final int MOST_HOPS = 16;

  private final ConfigFile config;
  private final List<Path> givenKnownHosts;
  private final Deque<Hop> hops = new ArrayDeque<>();

  private Route(ConfigFile config, List<Path> givenKnownHosts) {
    this.config = config;
    this.givenKnownHosts = givenKnownHosts;
  }

  /**
   * Finds the way. Reads the configuration file, if there is one.
   *
   * @param options what the user wants
   * @return the jump hosts, the one to connect to first in front, and the host itself at the end
   * @throws IllegalArgumentException if the configuration file is missing, cannot be read or is
   *     broken, where the message names file and line, or if the way leads in a circle
   */
  public static List<Hop> of(SshOptions options) {
    Route route =
        new Route(
            options.configFile().map(ConfigFile::read).orElseGet(ConfigFile::empty),
            options.knownHosts().map(List::of).orElse(List.of()));
    JumpHost target = new JumpHost(options.username(), options.host(), options.port());
    List<JumpHost> jumps = options.proxyJump().stream().map(JumpHost::of).toList();
    route.leadTo(target, jumps.isEmpty() ? Optional.empty() : Optional.of(jumps));
    return List.copyOf(route.hops);
  }

  /**
   * Goes from the last host to the first. As in OpenSSH, which reaches each by a client of its own,
   * only the first of the jump hosts given here has jump hosts of its own, from the configuration.
   */
  private void leadTo(JumpHost target, Optional<List<JumpHost>> given) {
    Settings settings = new Settings(config, target);
    List<JumpHost> jumps = given.orElseGet(settings::jumpHosts);
    add(settings.hop(givenKnownHosts));
    if (!jumps.isEmpty()) {
      int last = jumps.size() - 1;
      leadTo(jumps.get(last), last == 0 ? Optional.empty() : Optional.of(jumps.subList(0, last)));
    }
  }

  private void add(Hop hop) {
    if (hops.stream().anyMatch(hop::isSamePlaceAs)) {
      throw new IllegalArgumentException(
          "the way by ProxyJump leads to %s twice; take it out of the jump hosts, or write 'ProxyJump"
                  .formatted(hop.place())
              + " none' for it in the configuration file");
    }
    if (hops.size() == MOST_HOPS) {
      throw new IllegalArgumentException(
          "the way by ProxyJump has more than %d hosts".formatted(MOST_HOPS));
    }
    hops.addFirst(hop);
  }
}
