package io.psconnect.testkit.winrm;

import java.nio.file.Path;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.Oid;

/** A service's keys, as the JDK wants them: in a subject, by JAAS, from a keytab. */
final class ServiceKeys {
  private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

  private final Subject subject;
  private final KeyTab keytab;
  private final KerberosPrincipal principal;

  ServiceKeys(Path keytab, String principal) {
    this.principal = new KerberosPrincipal(principal);
    this.keytab = KeyTab.getInstance(this.principal, keytab.toFile());
    try {
      LoginContext login = new LoginContext("host", new Subject(), null, entry(keytab, principal));
      login.login();
      this.subject = login.getSubject();
    } catch (LoginException e) {
      throw noKeys(e);
    }
    if (this.keytab.getKeys(this.principal).length == 0) {
      throw noKeys(null);
    }
  }

  private IllegalArgumentException noKeys(LoginException cause) {
    return new IllegalArgumentException(
        "No keys of %s in %s; is java.security.krb5.conf set to a file with its realm?"
            .formatted(principal, keytab),
        cause);
  }

  private static Configuration entry(Path keytab, String principal) {
    Map<String, String> options =
        Map.of(
            "isInitiator", "false",
            "storeKey", "true",
            "useKeyTab", "true",
            "keyTab", keytab.toString(),
            "principal", principal,
            "doNotPrompt", "true",
            "refreshKrb5Config", "true");
    AppConfigurationEntry entry =
        new AppConfigurationEntry(
            MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, options);
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return new AppConfigurationEntry[] {entry};
      }
    };
  }

  GSSContext newContext() throws GSSException {
    return asService(
        () -> {
          GSSManager manager = GSSManager.getInstance();
          Oid krb5 = new Oid("1.2.840.113554.1.2.2");
          GSSCredential own =
              manager.createCredential(
                  null, GSSCredential.INDEFINITE_LIFETIME, krb5, GSSCredential.ACCEPT_ONLY);
          return manager.createContext(own);
        });
  }

  /** The newest key of a type. */
  byte[] key(int type) throws RefusedLogin {
    return Stream.of(keytab.getKeys(principal))
        .filter(key -> key.getKeyType() == type)
        .max(Comparator.comparingInt(KerberosKey::getVersionNumber))
        .map(KerberosKey::getEncoded)
        .orElseThrow(() -> new RefusedLogin("The host has no key of the type " + type, null));
  }

  /** Does what needs the keys. */
  <T> T asService(PrivilegedExceptionAction<T> action) throws GSSException {
    try {
      return Subject.doAs(subject, action);
    } catch (PrivilegedActionException e) {
      if (e.getException() instanceof GSSException failure) {
        throw failure;
      }
      throw new IllegalStateException("GSS-API failed in a way of its own", e.getException());
    }
  }
}
