/**
 * The backend {@code winrm}: PowerShell on a host that is reached by WinRM, the WS-Management shell
 * protocol (MS-WSMV).
 *
 * @provides io.psconnect.ConnectionProvider for the scheme {@code winrm}
 */
module io.psconnect.winrm {
  requires transitive io.psconnect;
  requires java.security.jgss;
  requires java.security.sasl;
  requires java.xml;
  requires jdk.security.auth; // Krb5LoginModule
  requires jdk.security.jgss; // the SASL mechanism GSSAPI
  requires org.apache.httpcomponents.core5.httpcore5;

  exports io.psconnect.winrm;

  provides io.psconnect.ConnectionProvider with
      io.psconnect.winrm.internal.WinRmProvider;
}
