package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.io.IOException;

/** Kerberos over HTTPS, bound to the channel. */
@RequiresProgram({"pwsh", "krb5kdc", "kdb5_util", "kadmin.local", "kinit"})
class KerberosHttpsContractTest extends KerberosContract {
  @Override
  void offer(WinRmHost.Builder builder) throws IOException {
    offerKerberos(builder.https().requireChannelBinding());
  }

  @Override
  void login(WinRmOptions.Builder options, WinRmHost host) throws IOException {
    loginByKerberos(options.certificateFingerprint(host.fingerprint()), "https-contract");
  }
}
