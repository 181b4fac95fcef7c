package io.psconnect.winrm.internal;

import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.auth.kerberos.KerberosLogin;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings;
import io.psconnect.winrm.internal.auth.ntlm.NtlmLogin;
import io.psconnect.winrm.internal.http.Credentials;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Who logs in, and how. */
final class Logins {
  private final WinRmOptions options;

  Logins(WinRmOptions options) {
    this.options = options;
  }

  /** The secrets are copied. */
  static Credentials of(WinRmOptions options) {
    Logins logins = new Logins(options);
    return switch (options.auth()) {
      case BASIC -> logins.withPassword(word -> Credentials.basic(logins.user(), word));
      case NTLM -> Credentials.token(logins.withPassword(logins::ntlm));
      case KERBEROS -> Credentials.token(new KerberosLogin(logins.kerberos()));
      case CERTIFICATE -> Credentials.certificate();
    };
  }

  private String user() {
    return options.username().orElseThrow();
  }

  private <T> T withPassword(Function<char[], T> use) {
    char[] password = options.password().orElseThrow();
    try {
      return use.apply(password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** A dot for the domain means the host's own users, for which NTLM has no domain. */
  private NtlmLogin ntlm(char[] password) {
    int backslash = user().indexOf('\\');
    String domain = backslash < 0 ? "" : user().substring(0, backslash);
    return new NtlmLogin(
        domain.equals(".") ? "" : domain,
        user().substring(backslash + 1),
        password,
        "HTTP/" + options.host());
  }

  KerberosSettings kerberos() {
    return new KerberosSettings(
        options.username().map(this::principal),
        options.spn(),
        options.krb5Conf(),
        secret(),
        options.delegation());
  }

  /** Realms are written in capitals, as those of Active Directory are; what follows an @ stays. */
  private String principal(String user) {
    return options.realm().map(realm -> user + "@" + realm.toUpperCase(Locale.ROOT)).orElse(user);
  }

  /** The options have exactly one of the three. */
  private KerberosSettings.Secret secret() {
    Optional<char[]> password = options.password();
    if (password.isPresent()) {
      return new KerberosSettings.Password(password.get());
    }
    return options
        .ccache()
        .<KerberosSettings.Secret>map(KerberosSettings.Cache::new)
        .orElseGet(() -> new KerberosSettings.Keytab(options.keytab().orElseThrow()));
  }
}
