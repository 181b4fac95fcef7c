package io.psconnect.winrm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which options go together. What is wrong is told by the options' names and their values. */
final class Combinations {
  private final WinRmOptions.Builder chosen;

  private Combinations(WinRmOptions.Builder builder) {
    chosen = builder;
  }

  /** Refuses what does not go together. */
  static void check(WinRmOptions.Builder builder) {
    Combinations combinations = new Combinations(builder);
    combinations.requireHost();
    combinations.checkTls();
    combinations.checkUnencrypted();
    combinations.checkOptionsOfOtherAuths();
    switch (builder.auth) {
      case NTLM -> combinations.requireUserAndPassword();
      case BASIC -> combinations.checkBasic();
      case KERBEROS -> combinations.checkKerberos();
      case CERTIFICATE -> combinations.checkCertificate();
    }
  }

  /** A user is one of DOMAIN, backslash and name, or name, at and realm, or a name alone. */
  static String requireUser(String name) {
    int backslash = name.indexOf('\\');
    boolean whole =
        backslash < 0
            ? name.indexOf('@') != 0 && !name.endsWith("@")
            : name.matches("[^\\\\@]+\\\\[^\\\\@]+");
    if (!whole) {
      throw refused(
          "username is '%s'; it must be DOMAIN\\admin, admin@REALM or admin, with a domain or a"
                  .formatted(name)
              + " realm and not both");
    }
    return name;
  }

  private void requireHost() {
    if (chosen.host == null) {
      throw refused("no host is given; it must be a name or an address");
    }
  }

  private void checkTls() {
    Map<String, Object> given = trustOptions();
    if (!chosen.https && !given.isEmpty()) {
      throw refused(
          "%s needs HTTPS, and https is off; leave it out, or use HTTPS".formatted(named(given)));
    }
    if (given.size() > 1) {
      throw refused("%s exclude each other; keep one of them".formatted(named(given)));
    }
  }

  private Map<String, Object> trustOptions() {
    Map<String, Object> given = new LinkedHashMap<>();
    putIfGiven(given, "acceptAnyCertificate", chosen.acceptAnyCertificate ? "on" : null);
    putIfGiven(given, "caBundle", chosen.caBundle);
    if (!chosen.certificateFingerprints.isEmpty()) {
      given.put("certificateFingerprint", String.join(",", chosen.certificateFingerprints));
    }
    return given;
  }

  private void checkUnencrypted() {
    boolean inTheClear = chosen.auth == WinRmAuth.BASIC && !chosen.https;
    if (inTheClear && !chosen.allowUnencrypted) {
      throw refused(
          "auth is BASIC and https off, which sends the password in the clear; use HTTPS, or NTLM,"
              + " which seals, or say allowUnencrypted");
    }
    if (!inTheClear && chosen.allowUnencrypted) {
      throw refused(
          "allowUnencrypted is on, auth %s and https %s; it is for BASIC over HTTP alone, so leave it out"
              .formatted(chosen.auth, chosen.https ? "on" : "off"));
    }
  }

  private void checkOptionsOfOtherAuths() {
    requireAuth(WinRmAuth.KERBEROS, kerberosOptions());
    requireAuth(WinRmAuth.CERTIFICATE, certificateOptions());
  }

  private void requireAuth(WinRmAuth needed, Map<String, Object> given) {
    if (chosen.auth != needed && !given.isEmpty()) {
      throw refused(
          "%s is for auth %s, and auth is %s; leave it out, or choose auth %s"
              .formatted(named(given), needed, chosen.auth, needed));
    }
  }

  private Map<String, Object> kerberosOptions() {
    Map<String, Object> given = new LinkedHashMap<>();
    putIfGiven(given, "realm", chosen.realm);
    putIfGiven(given, "spn", chosen.spn);
    putIfGiven(given, "krb5Conf", chosen.krb5Conf);
    putIfGiven(given, "ccache", chosen.ccache);
    putIfGiven(given, "keytab", chosen.keytab);
    putIfGiven(given, "delegation", chosen.delegation ? "on" : null);
    return given;
  }

  private Map<String, Object> certificateOptions() {
    Map<String, Object> given = new LinkedHashMap<>();
    putIfGiven(given, "clientCertificate", chosen.clientCertificate);
    putIfGiven(given, "clientKey", chosen.clientKey);
    putIfGiven(given, "passphrase", chosen.passphrase == null ? null : "***");
    return given;
  }

  private static void putIfGiven(Map<String, Object> given, String option, Object value) {
    if (value != null) {
      given.put(option, value);
    }
  }

  private static String named(Map<String, Object> given) {
    List<String> words =
        given.entrySet().stream().map(e -> e.getKey() + " '" + e.getValue() + "'").toList();
    return String.join(" and ", words);
  }

  private void requireUserAndPassword() {
    if (chosen.username == null) {
      throw refused(
          "auth is %s and no username is given; it must be DOMAIN\\admin, admin@REALM or admin"
              .formatted(chosen.auth));
    }
    if (chosen.password == null) {
      throw refused("auth is %s and no password is given".formatted(chosen.auth));
    }
  }

  private void checkBasic() {
    requireUserAndPassword();
    if (chosen.username.contains(":")) {
      throw refused(
          "username is '%s' and auth BASIC; it must have no colon, which ends the user there (RFC"
                  .formatted(chosen.username)
              + " 7617)");
    }
  }

  private void checkKerberos() {
    Map<String, Object> proofs = new LinkedHashMap<>();
    putIfGiven(proofs, "password", chosen.password == null ? null : "***");
    putIfGiven(proofs, "ccache", chosen.ccache);
    putIfGiven(proofs, "keytab", chosen.keytab);
    if (proofs.isEmpty()) {
      throw refused(
          "auth is KERBEROS and none of password, ccache and keytab is given; exactly one must be");
    }
    if (proofs.size() > 1) {
      throw refused("%s are given; exactly one must be".formatted(named(proofs)));
    }
    checkPrincipal();
  }

  private void checkPrincipal() {
    String user = chosen.username;
    if (user == null && chosen.ccache == null) {
      throw refused(
          "auth is KERBEROS and no username is given; it must be admin@REALM, or admin with a"
              + " realm; a ccache alone needs none");
    }
    if (user != null && user.contains("\\")) {
      throw refused(
          "username is '%s' and auth KERBEROS, which knows no domains; write it as admin@REALM"
              .formatted(user));
    }
    if (user != null && user.contains("@") && chosen.realm != null) {
      throw refused(
          "username is '%s' and realm '%s'; the realm must be said once, so leave one out"
              .formatted(user, chosen.realm));
    }
  }

  private void checkCertificate() {
    if (!chosen.https) {
      throw refused(
          "auth is CERTIFICATE and https off; the certificate is shown by TLS, so use HTTPS");
    }
    requireFile("clientCertificate", chosen.clientCertificate);
    requireFile("clientKey", chosen.clientKey);
    if (chosen.username != null || chosen.password != null) {
      throw refused(
          "auth is CERTIFICATE and %s is given; the host knows the user by the certificate, so leave"
                  .formatted(chosen.username == null ? "password" : "username")
              + " it out");
    }
  }

  private static void requireFile(String option, Object file) {
    if (file == null) {
      throw refused(
          "auth is CERTIFICATE and no %s is given; it must be the path of a PEM file"
              .formatted(option));
    }
  }

  private static IllegalArgumentException refused(String message) {
    return new IllegalArgumentException(message);
  }
}
