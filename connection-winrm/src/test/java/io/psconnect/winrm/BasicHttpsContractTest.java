package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;

/** Basic over HTTPS, on a certificate that is pinned. */
@RequiresProgram("pwsh")
class BasicHttpsContractTest extends WinRmContract {
  @Override
  void offer(WinRmHost.Builder builder) {
    builder.https().basic().user(USER, PASSWORD);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) {
    options
        .auth(WinRmAuth.BASIC)
        .username(USER)
        .password(PASSWORD.toCharArray())
        .certificateFingerprint(host.fingerprint());
  }
}
