package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.io.IOException;

/** Kerberos over HTTP, where every message is sealed. */
@RequiresProgram({"pwsh", "krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
class KerberosHttpContractTest extends KerberosContract {
  @Override
  void offer(WinRmHost.Builder builder) throws IOException {
    offerKerberos(builder);
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) throws IOException {
    loginByKerberos(options.useHttp(), "http-contract");
  }
}
