package io.psconnect.winrm.internal.auth.kerberos;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who logs in where by Kerberos, and with what.
 *
 * @param principal the user's, with its realm or without; empty for that of the credential cache
 * @param spn the host's principal; if it names a realm, logins over TLS carry no channel binding
 * @param krb5Conf the configuration; empty for the first there is of $KRB5_CONFIG,
 *     ~/.config/krb5.conf and /etc/krb5.conf
 * @param secret belongs to the login, which wipes a password when it is closed
 * @param delegation whether the host gets a ticket by which it can act as the user elsewhere
 */
public record KerberosSettings(
    Optional<String> principal,
    String spn,
    Optional<Path> krb5Conf,
    Secret secret,
    boolean delegation) {

  /** What proves who the user is. */
  public sealed interface Secret {}

  /** A password. Its characters are never printed. */
  public record Password(char[] characters) implements Secret {
    @Override
    public String toString() {
      return "password ***";
    }
  }

  /** A file with tickets, as kinit leaves it. */
  public record Cache(Path file) implements Secret {
    @Override
    public String toString() {
      return "credential cache " + file;
    }
  }

  /** A file with keys. */
  public record Keytab(Path file) implements Secret {
    @Override
    public String toString() {
      return "keytab " + file;
    }
  }
}
