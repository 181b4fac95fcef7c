package com.example.overthere;

import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshHostKey;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Path;

/** The test kit's SSH host, as it can be run beside Overthere. */
final class OverthereHost {
  private OverthereHost() {}

  /** Without an Ed25519 key: a provider that sshj registers takes none of the JDK's. */
  static SshHost start(String password, Path home) {
    return SshHost.builder()
        .user(SshUser.named("admin").withPassword(password))
        .hostKey(SshHostKey.ECDSA)
        .home(home)
        .start();
  }
}
