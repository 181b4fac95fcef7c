// A stand-in of the lead: the owner of this package replaces it.
package io.psconnect.ssh.internal.route;

import io.psconnect.ssh.SshOptions;
import java.util.List;

public final class Route {
  private Route() {}

  public static List<Hop> of(SshOptions o) {
    return List.of(
        new Hop(
            o.host(),
            o.host(),
            o.port().orElse(22),
            o.username().orElse(System.getProperty("user.name")),
            List.of(),
            List.of()));
  }
}
