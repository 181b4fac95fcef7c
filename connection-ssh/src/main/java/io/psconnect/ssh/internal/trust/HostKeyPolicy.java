// A stand-in of the lead: the owner of this package replaces it.
package io.psconnect.ssh.internal.trust;

import io.psconnect.*;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.route.Hop;
import org.apache.sshd.client.session.ClientSession;

public final class HostKeyPolicy {
  public static HostKeyPolicy of(SshOptions o, Hop hop, Origin origin) {
    return new HostKeyPolicy();
  }

  public void prepare(ClientSession s) {
    s.setServerKeyVerifier((a, b, c) -> true);
  }

  public java.util.Optional<String> refusal() {
    return java.util.Optional.empty();
  }
}
