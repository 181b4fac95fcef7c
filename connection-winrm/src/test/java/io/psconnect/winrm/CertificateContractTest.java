package io.psconnect.winrm;

import io.psconnect.testkit.contract.RequiresProgram;

/** A client certificate over HTTPS, the only way that it goes. */
@RequiresProgram({"pwsh", "openssl"})
class CertificateContractTest extends CertificateContract {
  CertificateContractTest() {
    super(USER);
  }
}
