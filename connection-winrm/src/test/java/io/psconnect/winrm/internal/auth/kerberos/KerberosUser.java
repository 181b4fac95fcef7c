package io.psconnect.winrm.internal.auth.kerberos;

import java.nio.file.Path;
import java.util.Optional;

/** Settings, put together one by one. */
final class KerberosUser {
  private Optional<Path> krb5Conf;
  private Optional<String> principal = Optional.empty();
  private String spn;
  private KerberosSettings.Secret secret;
  private boolean delegation;

  private KerberosUser(String host, Path krb5Conf) {
    spn = "HTTP/" + host;
    this.krb5Conf = Optional.of(krb5Conf);
  }

  static KerberosUser of(String host, Path krb5Conf) {
    return new KerberosUser(host, krb5Conf);
  }

  KerberosUser user(String name) {
    principal = Optional.of(name);
    return this;
  }

  KerberosUser krb5Conf(Path file) {
    krb5Conf = Optional.of(file);
    return this;
  }

  KerberosUser spn(String name) {
    spn = name;
    return this;
  }

  KerberosUser password(String password) {
    secret = new KerberosSettings.Password(password.toCharArray());
    return this;
  }

  KerberosUser ccache(Path file) {
    secret = new KerberosSettings.Cache(file);
    return this;
  }

  KerberosUser keytab(Path file) {
    secret = new KerberosSettings.Keytab(file);
    return this;
  }

  KerberosUser delegation() {
    delegation = true;
    return this;
  }

  /** May be called again: a password is wiped by the login that has it. */
  KerberosSettings build() {
    KerberosSettings.Secret own =
        secret instanceof KerberosSettings.Password password
            ? new KerberosSettings.Password(password.characters().clone())
            : secret;
    return new KerberosSettings(principal, spn, krb5Conf, own, delegation);
  }
}
