package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;

/** NTLM over HTTP, where every message is sealed. */
@RequiresProgram("pwsh")
class NtlmHttpContractTest extends WinRmContract {
  @Override
  void offer(WinRmHost.Builder builder) {
    builder.ntlm().user(USER, PASSWORD);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options.useHttp().username(USER).password(PASSWORD.toCharArray());
  }
}
