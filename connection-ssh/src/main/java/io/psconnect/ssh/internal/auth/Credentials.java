// A stand-in of the lead: the owner of this package replaces it.
package io.psconnect.ssh.internal.auth;

import io.psconnect.*;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;

public final class Credentials implements AutoCloseable {
  private final SshOptions o;

  private Credentials(SshOptions o) {
    this.o = o;
  }

  public static Credentials of(SshOptions o) {
    return new Credentials(o);
  }

  public void prepare(ClientSession s, List<Path> files, Origin origin)
      throws AuthenticationException {
    try {
      for (java.security.KeyPair kp :
          org.apache.sshd.common.util.security.SecurityUtils.loadKeyPairIdentities(
              null,
              new org.apache.sshd.common.util.io.resource.PathResource(o.privateKeyPath().get()),
              java.nio.file.Files.newInputStream(o.privateKeyPath().get()),
              null)) s.addPublicKeyIdentity(kp);
    } catch (Exception e) {
      throw new AuthenticationException(origin, "x", e);
    }
  }

  public String account() {
    return "";
  }

  @Override
  public void close() {}
}
