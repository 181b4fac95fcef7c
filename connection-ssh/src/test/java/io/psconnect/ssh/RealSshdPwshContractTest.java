package io.psconnect.ssh;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The contract on OpenSSH's server, where pwsh is the user's login shell. */
@OnRealSshd
class RealSshdPwshContractTest extends ConnectionContract {
  @AutoClose private static RealSshd sshd;

  @BeforeAll
  static void startSshd() {
    sshd = RealSshd.builder().loginShell("pwsh").start();
  }

  @Override
  protected Connection newConnection() {
    return SshConnections.to(sshd.options());
  }

  @Override
  protected String remoteFolder() {
    return sshd.home().toString();
  }
}
