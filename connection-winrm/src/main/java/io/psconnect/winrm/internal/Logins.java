package io.psconnect.winrm.internal;

import io.psconnect.winrm.WinRmOptions;
import io.psconnect.winrm.internal.auth.kerberos.KerberosLogin;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings;
import io.psconnect.winrm.internal.auth.ntlm.NtlmLogin;
import io.psconnect.winrm.internal.http.Credentials;
import java.util.Arrays;
import java.util.function.Function;

/** Who logs in, and how. */
final class Logins {
  private final WinRmOptions options;

  private Logins(WinRmOptions options) {
    this.options = options;
  }

  /** The secrets are copied. */
  static Credentials of(WinRmOptions options) {
    Logins logins = new Logins(options);
    return switch (options.auth()) {
      case BASIC -> logins.withPassword(word -> Credentials.basic(logins.user(), word));
      case NTLM -> Credentials.token(logins.withPassword(logins::ntlm));
      case KERBEROS -> Credentials.token(logins.kerberos());
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

  private KerberosLogin kerberos() {
    KerberosSettings.Builder builder =
        KerberosSettings.forHost(options.host())
            .spn(options.spn())
            .delegation(options.delegation());
    options.username().ifPresent(builder::user);
    options.realm().ifPresent(builder::realm);
    options.krb5Conf().ifPresent(builder::krb5Conf);
    options.ccache().ifPresent(builder::ccache);
    options.keytab().ifPresent(builder::keytab);
    if (options.password().isPresent()) {
      withPassword(builder::password);
    }
    return new KerberosLogin(builder.build());
  }
}
