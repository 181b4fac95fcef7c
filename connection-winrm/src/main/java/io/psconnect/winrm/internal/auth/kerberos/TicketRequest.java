package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Cache;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Keytab;
import io.psconnect.winrm.internal.auth.kerberos.KerberosSettings.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;

/** Gets the ticket that grants tickets, by the JDK's login module. */
final class TicketRequest {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final KerberosSettings settings;
  private final KerberosLogin login;

  TicketRequest(KerberosSettings settings, KerberosLogin login) {
    this.settings = settings;
    this.login = login;
  }

  Subject send() throws LoginException {
    checkFile();
    Subject subject = new Subject();
    try {
      new LoginContext("psconnect", subject, this::answer, configuration()).login();
    } catch (javax.security.auth.login.LoginException e) {
      throw KerberosErrors.ofTicket(e, settings);
    }
    if (settings.delegation() && !Tickets.canBeForwarded(subject)) {
      throw new LoginException(
          "Kerberos: the ticket cannot be delegated; set forwardable = true in [libdefaults] of"
              + " krb5.conf, or get the ticket with kinit -f",
          null);
    }
    return subject;
  }

  private void checkFile() throws LoginException {
    if (settings.secret() instanceof Cache cache && !isReadable(cache.file())) {
      throw new LoginException(
          "Kerberos: the credential cache %s cannot be read; make it with kinit -c, or correct its"
                  .formatted(cache.file())
              + " path or its permissions",
          null);
    }
    if (settings.secret() instanceof Keytab keytab && !isReadable(keytab.file())) {
      throw new LoginException(
          "Kerberos: the keytab %s cannot be read; correct its path or its permissions"
              .formatted(keytab.file()),
          null);
    }
  }

  private static boolean isReadable(Path file) {
    return Files.isRegularFile(file) && Files.isReadable(file);
  }

  private void answer(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    for (Callback callback : callbacks) {
      if (!(callback instanceof PasswordCallback wanted)
          || !(settings.secret() instanceof Password password)) {
        throw new UnsupportedCallbackException(callback, "nobody is asked");
      }
      give(wanted, password);
    }
  }

  private void give(PasswordCallback wanted, Password password) throws IOException {
    try {
      char[] copy = login.copyOf(password);
      wanted.setPassword(copy); // It keeps a copy of its own, which the module wipes.
      Arrays.fill(copy, '\0');
    } catch (LoginException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** In memory, so that no file and no setting of the application's takes part. */
  private Configuration configuration() {
    AppConfigurationEntry entry =
        new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options());
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  private Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    // The JDK keeps what it once read of krb5.conf, perhaps of another file.
    options.put("refreshKrb5Config", "true");
    settings.principal().ifPresent(principal -> options.put("principal", principal));
    if (settings.secret() instanceof Cache cache) {
      options.putAll(Map.of("useTicketCache", "true", "ticketCache", name(cache.file())));
    }
    if (settings.secret() instanceof Keytab keytab) {
      options.putAll(Map.of("useKeyTab", "true", "keyTab", name(keytab.file())));
    }
    if (!(settings.secret() instanceof Password)) {
      options.put("doNotPrompt", "true");
    }
    return options;
  }

  private static String name(Path file) {
    return file.toAbsolutePath().toString();
  }
}
