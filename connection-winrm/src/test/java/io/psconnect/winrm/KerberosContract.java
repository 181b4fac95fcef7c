package io.psconnect.winrm;

import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/** The contract by Kerberos, with tickets of MIT's KDC. */
abstract class KerberosContract extends WinRmContract {
  private static final RealKdc KDC = RealKdc.shared();
  private static final String KRB5_CONF = "java.security.krb5.conf";

  /** The host finds the realm by this property, as the client does by its option. */
  static void offerKerberos(WinRmHost.Builder builder) throws IOException {
    System.setProperty(KRB5_CONF, KDC.krb5Conf().toString());
    String service = "HTTP/localhost@" + KDC.realm();
    builder.kerberos(KDC.keytab(service), service);
  }

  static void loginByKerberos(WinRmOptions.Builder options, String user) throws IOException {
    options
        .auth(WinRmAuth.KERBEROS)
        .username(user + "@" + KDC.realm())
        .keytab(KDC.keytab(user + "@" + KDC.realm()))
        .spn("HTTP/localhost")
        .krb5Conf(KDC.krb5Conf());
  }

  /** The property is the whole JVM's: no other test is to find it. */
  @Override
  @AfterAll
  void stopHost() {
    try {
      super.stopHost();
    } finally {
      System.clearProperty(KRB5_CONF);
    }
  }
}
