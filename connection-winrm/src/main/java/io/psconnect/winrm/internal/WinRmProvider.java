package io.psconnect.winrm.internal;

import io.psconnect.Connection;
import io.psconnect.ConnectionOptions;
import io.psconnect.ConnectionProvider;
import io.psconnect.ConnectionUri;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import java.nio.file.Path;
import java.util.Locale;

/** Registers the backend {@code winrm}. */
public final class WinRmProvider implements ConnectionProvider {
  private static final String PASSWORD = "password";
  private static final String PASSPHRASE = "passphrase";

  /** Called by {@link java.util.ServiceLoader}. */
  public WinRmProvider() {}

  @Override
  public String id() {
    return WinRmOptions.BACKEND;
  }

  @Override
  public Class<? extends ConnectionOptions> optionsType() {
    return WinRmOptions.class;
  }

  @Override
  public WinRmOptions options(ConnectionUri uri) {
    uri.allowOptions(
        "allow-unencrypted",
        "auth",
        "ca",
        "ccache",
        "certificate",
        "connect-timeout",
        "delegation",
        "fingerprint",
        "http",
        "insecure",
        "key",
        "keytab",
        "krb5-conf",
        "max-shells",
        "powershell",
        "proxy",
        "realm",
        "request-timeout",
        "spn",
        "standby",
        "timeout");
    WinRmOptions.Builder builder = WinRmOptions.builder();
    host(uri, builder);
    login(uri, builder);
    kerberos(uri, builder);
    calls(uri, builder);
    return builder.build();
  }

  private static void host(ConnectionUri uri, WinRmOptions.Builder builder) {
    builder.host(uri.host().orElseThrow(() -> noHost(uri)));
    uri.port().ifPresent(builder::port);
    builder.https(!isOn(uri, "http"));
    uri.option("ca").map(Path::of).ifPresent(builder::caBundle);
    uri.option("fingerprint").ifPresent(text -> builder.certificateFingerprint(text.split(",")));
    ifOn(uri, "insecure", builder::acceptAnyCertificate);
    uri.option("proxy").ifPresent(builder::proxy);
  }

  private static void login(ConnectionUri uri, WinRmOptions.Builder builder) {
    uri.option("auth").map(WinRmProvider::auth).ifPresent(builder::auth);
    uri.user().ifPresent(builder::username);
    uri.secret(PASSWORD).ifPresent(builder::password);
    uri.secret(PASSPHRASE).ifPresent(builder::passphrase);
    uri.option("certificate").map(Path::of).ifPresent(builder::clientCertificate);
    uri.option("key").map(Path::of).ifPresent(builder::clientKey);
    ifOn(uri, "allow-unencrypted", builder::allowUnencrypted);
  }

  private static void kerberos(ConnectionUri uri, WinRmOptions.Builder builder) {
    uri.option("realm").ifPresent(builder::realm);
    uri.option("spn").ifPresent(builder::spn);
    uri.option("krb5-conf").map(Path::of).ifPresent(builder::krb5Conf);
    uri.option("ccache").map(Path::of).ifPresent(builder::ccache);
    uri.option("keytab").map(Path::of).ifPresent(builder::keytab);
    ifOn(uri, "delegation", builder::delegation);
  }

  private static void calls(ConnectionUri uri, WinRmOptions.Builder builder) {
    uri.duration("timeout").ifPresent(builder::commandTimeout);
    uri.duration("request-timeout").ifPresent(builder::requestTimeout);
    uri.duration("connect-timeout").ifPresent(builder::connectTimeout);
    uri.option("powershell").ifPresent(builder::powerShell);
    uri.integer("max-shells").ifPresent(builder::maxShells);
    uri.integer("standby").ifPresent(builder::standby);
  }

  private static IllegalArgumentException noHost(ConnectionUri uri) {
    return new IllegalArgumentException(
        "'%s' names no host; write it as winrm://user@host:port".formatted(uri));
  }

  private static WinRmAuth auth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "ntlm" -> WinRmAuth.NTLM;
      case "basic" -> WinRmAuth.BASIC;
      case "kerberos" -> WinRmAuth.KERBEROS;
      case "certificate" -> WinRmAuth.CERTIFICATE;
      default ->
          throw new IllegalArgumentException(
              "option 'auth' is '%s'; it must be ntlm, basic, kerberos or certificate"
                  .formatted(value));
    };
  }

  private static void ifOn(ConnectionUri uri, String option, Runnable turnOn) {
    if (isOn(uri, option)) {
      turnOn.run();
    }
  }

  private static boolean isOn(ConnectionUri uri, String option) {
    String value = uri.option(option).orElse("false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "option '%s' is '%s'; it must be true or false".formatted(option, value));
    };
  }

  @Override
  public Connection connect(ConnectionOptions options) {
    return WinRmConnector.connection((WinRmOptions) options);
  }
}
