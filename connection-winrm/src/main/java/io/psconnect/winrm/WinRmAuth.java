package io.psconnect.winrm;

/** How the user proves who they are to a WinRM host. */
public enum WinRmAuth {
  /** NTLMv2 (MS-NLMP), with a message integrity code; what is sent over HTTP is sealed. */
  NTLM,

  /** The password itself (RFC 7617), over HTTPS unless allowed otherwise by name. */
  BASIC,

  /** Kerberos 5 (RFC 4121), with a password, a credential cache or a keytab; sealed over HTTP. */
  KERBEROS,

  /** A client certificate, which the host maps to a user; over HTTPS alone. */
  CERTIFICATE
}
