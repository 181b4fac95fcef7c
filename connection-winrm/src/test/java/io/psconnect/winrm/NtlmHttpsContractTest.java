package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.nio.file.Path;

/** NTLM over HTTPS, bound to the channel, with the authority that signed the certificate given. */
@RequiresProgram("pwsh")
class NtlmHttpsContractTest extends WinRmContract {
  @Override
  void offer(WinRmHost.Builder builder) {
    builder.https().ntlm().requireChannelBinding().user(USER, PASSWORD);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options
        .username(USER)
        .password(PASSWORD.toCharArray())
        .caBundle(host.writeCaBundle(Path.of(remoteFolder(), "ca.pem")));
  }
}
