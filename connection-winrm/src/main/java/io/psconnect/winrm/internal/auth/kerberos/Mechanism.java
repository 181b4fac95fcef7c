package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.Oid;

/**
 * The names of Kerberos 5 in GSS-API and in WinRM.
 *
 * <p>A WinRM host offers both {@code Negotiate} (SPNEGO, RFC 4178) and {@code Kerberos}. We take
 * the second, with Kerberos' own tokens: there is nothing to negotiate, a host cannot talk us down
 * to NTLM, and one exchange of tokens is all there is. MS-WSMV 2.2.9.1 ties the media type of
 * sealed messages to that choice.
 */
final class Mechanism {
  static final String SCHEME = "Kerberos";
  static final String SEALED_TYPE = "application/HTTP-Kerberos-session-encrypted";

  private Mechanism() {}

  /** RFC 1964, 1. */
  static Oid kerberos() throws GSSException {
    return new Oid("1.2.840.113554.1.2.2");
  }

  /** RFC 1964, 2.1.1. */
  static Oid principalName() throws GSSException {
    return new Oid("1.2.840.113554.1.2.2.1");
  }

  static void expectNone(byte[] token) throws LoginException {
    if (token.length > 0) {
      throw new LoginException(
          "Kerberos: the login is complete, but the host has sent another token of %d bytes;"
                  .formatted(token.length)
              + " connect again",
          null);
    }
  }
}
