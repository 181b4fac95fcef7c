package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;

/** Basic over plain HTTP, which both sides have to allow. */
@RequiresProgram("pwsh")
class BasicHttpContractTest extends WinRmContract {
  @Override
  void offer(WinRmHost.Builder builder) {
    builder.basic().allowUnencrypted().user(USER, PASSWORD);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options
        .useHttp()
        .auth(WinRmAuth.BASIC)
        .allowUnencrypted()
        .username(USER)
        .password(PASSWORD.toCharArray());
  }
}
