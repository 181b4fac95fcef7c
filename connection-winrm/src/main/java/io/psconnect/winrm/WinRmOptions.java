package io.psconnect.winrm;

import io.psconnect.ConnectionOptions;
import io.psconnect.spi.HostPort;
import io.psconnect.spi.OptionChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Destroyable;

/**
 * Options of the backend {@code winrm}. Immutable, but for {@link #destroy()}, which wipes the
 * secrets in it. A connection takes a copy of them when it is made and wipes that copy when it is
 * closed, so that options serve for any number of connections.
 *
 * <p>What goes together and what does not is checked by {@link Builder#build()}.
 */
public final class WinRmOptions implements ConnectionOptions, Destroyable {
  /** The backend's id. */
  public static final String BACKEND = "winrm";

  private static final int HTTPS_PORT = 5986;
  private static final int HTTP_PORT = 5985;

  private final Builder chosen;
  private volatile boolean destroyed;

  private WinRmOptions(Builder builder) {
    chosen = new Builder(builder);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these options, secrets included.
   *
   * @return a builder
   * @throws IllegalStateException if the options have been destroyed
   */
  public Builder toBuilder() {
    requireSecrets();
    return new Builder(chosen);
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  /**
   * The host.
   *
   * @return a name or an address, an IPv6 one without brackets
   */
  public String host() {
    return chosen.host;
  }

  /**
   * The port.
   *
   * @return 5986 by default, 5985 over HTTP
   */
  public int port() {
    if (chosen.port != 0) {
      return chosen.port;
    }
    return https() ? HTTPS_PORT : HTTP_PORT;
  }

  /**
   * The user on the host.
   *
   * @return empty for who the client certificate or the credential cache is for
   */
  public Optional<String> username() {
    return Optional.ofNullable(chosen.username);
  }

  /**
   * The password.
   *
   * @return a copy, which the caller wipes; empty if none was given
   * @throws IllegalStateException if the options have been destroyed
   */
  public Optional<char[]> password() {
    requireSecrets();
    return Optional.ofNullable(chosen.password).map(char[]::clone);
  }

  /**
   * Whether TLS is used.
   *
   * @return true by default
   */
  public boolean https() {
    return chosen.https;
  }

  /**
   * Whether any certificate of the host's is taken.
   *
   * @return false by default
   */
  public boolean acceptsAnyCertificate() {
    return chosen.acceptAnyCertificate;
  }

  /**
   * The authorities of which one must have signed the host's certificate.
   *
   * @return a PEM file; empty for those that Java trusts
   */
  public Optional<Path> caBundle() {
    return Optional.ofNullable(chosen.caBundle);
  }

  /**
   * The host certificates that are taken.
   *
   * @return the SHA-256 of each, in 64 hexadecimal digits in lower case; none by default
   */
  public List<String> certificateFingerprints() {
    return chosen.certificateFingerprints;
  }

  /**
   * How the user proves who they are.
   *
   * @return NTLM by default
   */
  public WinRmAuth auth() {
    return chosen.auth;
  }

  /**
   * Whether Basic may send the password over plain HTTP.
   *
   * @return false by default
   */
  public boolean allowsUnencrypted() {
    return chosen.allowUnencrypted;
  }

  /**
   * The Kerberos realm of the user.
   *
   * @return empty for the one in the user's name, or else the default of {@link #krb5Conf}
   */
  public Optional<String> realm() {
    return Optional.ofNullable(chosen.realm);
  }

  /**
   * The Kerberos principal of the host.
   *
   * @return {@code HTTP/} and the {@linkplain #host() host} by default
   */
  public String spn() {
    return chosen.spn == null ? "HTTP/" + host() : chosen.spn;
  }

  /**
   * The configuration of Kerberos.
   *
   * @return empty for the first that exists of {@code $KRB5_CONFIG}, {@code ~/.config/krb5.conf}
   *     and {@code /etc/krb5.conf}
   */
  public Optional<Path> krb5Conf() {
    return Optional.ofNullable(chosen.krb5Conf);
  }

  /**
   * The file of Kerberos tickets that the user has already.
   *
   * @return empty if none was given
   */
  public Optional<Path> ccache() {
    return Optional.ofNullable(chosen.ccache);
  }

  /**
   * The file of Kerberos keys that stands for a password.
   *
   * @return empty if none was given
   */
  public Optional<Path> keytab() {
    return Optional.ofNullable(chosen.keytab);
  }

  /**
   * Whether the host is given the user's ticket, to reach others with.
   *
   * @return false by default
   */
  public boolean delegation() {
    return chosen.delegation;
  }

  /**
   * The certificate that the host maps to a user.
   *
   * @return a PEM file; empty if none was given
   */
  public Optional<Path> clientCertificate() {
    return Optional.ofNullable(chosen.clientCertificate);
  }

  /**
   * The private key of the {@linkplain #clientCertificate client certificate}.
   *
   * @return a PEM file; empty if none was given
   */
  public Optional<Path> clientKey() {
    return Optional.ofNullable(chosen.clientKey);
  }

  /**
   * What the {@linkplain #clientKey client key} is encrypted with.
   *
   * @return a copy, which the caller wipes; empty if none was given
   * @throws IllegalStateException if the options have been destroyed
   */
  public Optional<char[]> passphrase() {
    requireSecrets();
    return Optional.ofNullable(chosen.passphrase).map(char[]::clone);
  }

  /**
   * How long the host may take to answer one message.
   *
   * @return zero, which is the default, for as long as the call may take
   */
  public Duration requestTimeout() {
    return chosen.requestTimeout;
  }

  /**
   * How long it may take to reach the host and to log in.
   *
   * @return 30 seconds by default; zero for any time
   */
  public Duration connectTimeout() {
    return chosen.connectTimeout;
  }

  /**
   * How long a script may take that does not say so itself.
   *
   * @return five minutes by default; zero for any time
   */
  public Duration commandTimeout() {
    return chosen.commandTimeout;
  }

  /**
   * Which PowerShell is started on the host.
   *
   * @return {@code powershell.exe} by default
   */
  public String powerShell() {
    return chosen.powerShell;
  }

  /**
   * How many shells are opened on the host at most.
   *
   * @return 3 by default
   */
  public int maxShells() {
    return chosen.maxShells;
  }

  /**
   * How many PowerShell processes wait on the host for a call.
   *
   * @return zero by default
   */
  public int standby() {
    return chosen.standby;
  }

  /**
   * The HTTP proxy on the way.
   *
   * @return as {@code host:port}; empty if there is none
   */
  public Optional<String> proxy() {
    return Optional.ofNullable(chosen.proxy);
  }

  /** Wipes the password and the passphrase. */
  @Override
  public void destroy() {
    destroyed = true;
    chosen.wipe();
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  private void requireSecrets() {
    if (destroyed) {
      throw new IllegalStateException("these options have been destroyed; make new ones");
    }
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "WinRmOptions[%s%s%s, %s, %s]"
        .formatted(
            username().orElse(""),
            user(chosen.password != null),
            HostPort.text(host(), port()),
            https() ? "HTTPS" : "HTTP",
            auth());
  }

  private String user(boolean withPassword) {
    if (withPassword) {
      return ":***@";
    }
    return username().isPresent() ? "@" : "";
  }

  /** Builds options. Not safe for use by several threads. */
  public static final class Builder {
    // What Combinations looks at is open to the package.
    String host;
    String username;
    char[] password;
    boolean https = true;
    boolean acceptAnyCertificate;
    Path caBundle;
    List<String> certificateFingerprints = List.of();
    WinRmAuth auth = WinRmAuth.NTLM;
    boolean allowUnencrypted;
    String realm;
    String spn;
    Path krb5Conf;
    Path ccache;
    Path keytab;
    boolean delegation;
    Path clientCertificate;
    Path clientKey;
    char[] passphrase;
    private int port;
    private Duration requestTimeout = Duration.ZERO;
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Duration commandTimeout = Duration.ofMinutes(5);
    private String powerShell = "powershell.exe";
    private int maxShells = 3;
    private int standby;
    private String proxy;

    private Builder() {}

    private Builder(Builder other) {
      host = other.host;
      port = other.port;
      username = other.username;
      password = other.password == null ? null : other.password.clone();
      https = other.https;
      acceptAnyCertificate = other.acceptAnyCertificate;
      caBundle = other.caBundle;
      certificateFingerprints = other.certificateFingerprints;
      auth = other.auth;
      allowUnencrypted = other.allowUnencrypted;
      realm = other.realm;
      spn = other.spn;
      krb5Conf = other.krb5Conf;
      ccache = other.ccache;
      keytab = other.keytab;
      delegation = other.delegation;
      clientCertificate = other.clientCertificate;
      clientKey = other.clientKey;
      passphrase = other.passphrase == null ? null : other.passphrase.clone();
      requestTimeout = other.requestTimeout;
      connectTimeout = other.connectTimeout;
      commandTimeout = other.commandTimeout;
      powerShell = other.powerShell;
      maxShells = other.maxShells;
      standby = other.standby;
      proxy = other.proxy;
    }

    private void wipe() {
      wipe(password);
      wipe(passphrase);
    }

    private static void wipe(char[] secret) {
      if (secret != null) {
        Arrays.fill(secret, '\0');
      }
    }

    /**
     * The host. There is no default.
     *
     * @param nameOrAddress a name, an IPv4 address, or an IPv6 address with or without brackets;
     *     Kerberos and certificates need the name that the host is known by
     * @return this
     * @throws IllegalArgumentException if it is blank, or holds a blank, {@code /} or {@code @}
     */
    public Builder host(String nameOrAddress) {
      host = OptionChecks.host(nameOrAddress);
      return this;
    }

    /**
     * The port.
     *
     * @param number from 1 to 65535; the default is 5986, or 5985 over HTTP
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder port(int number) {
      port = OptionChecks.port(number);
      return this;
    }

    /**
     * The user on the host.
     *
     * @param name {@code DOMAIN\admin}, {@code admin@REALM}, or {@code admin} for a user of the
     *     host's own
     * @return this
     * @throws IllegalArgumentException if it is blank, or has a domain and a realm
     */
    public Builder username(String name) {
      username = Combinations.requireUser(OptionChecks.notBlank("username", name, "DOMAIN\\admin"));
      return this;
    }

    /**
     * The password.
     *
     * @param secret copied
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder password(char[] secret) {
      if (secret.length == 0) {
        throw new IllegalArgumentException(
            "password is empty; WinRM takes no user without one, so it must have a character");
      }
      password = secret.clone();
      return this;
    }

    /**
     * Uses no TLS. NTLM and Kerberos seal every message themselves then.
     *
     * @return this
     */
    public Builder useHttp() {
      return https(false);
    }

    /**
     * Whether to use TLS.
     *
     * @param on true, the default, or false for plain HTTP
     * @return this
     */
    public Builder https(boolean on) {
      https = on;
      return this;
    }

    /**
     * Takes any certificate: whoever answers may get the password and the scripts. For a test's own
     * host.
     *
     * @return this
     */
    public Builder acceptAnyCertificate() {
      acceptAnyCertificate = true;
      return this;
    }

    /**
     * The authorities of which one must have signed the host's certificate, in place of those that
     * Java trusts.
     *
     * @param pem a file of certificates, read when the connection is opened
     * @return this
     */
    public Builder caBundle(Path pem) {
      caBundle = Objects.requireNonNull(pem, "caBundle");
      return this;
    }

    /**
     * Takes these certificates of the host, whatever they say, and no other.
     *
     * @param fingerprints the SHA-256 of each, as {@code openssl x509 -fingerprint -sha256} prints
     *     it, in hexadecimal digits with or without colons, or {@code SHA256:} and 43 characters of
     *     Base64
     * @return this
     * @throws IllegalArgumentException if one is not written so, or there is none
     */
    public Builder certificateFingerprint(String... fingerprints) {
      if (fingerprints.length == 0) {
        throw new IllegalArgumentException("no certificate fingerprint is given");
      }
      certificateFingerprints =
          Arrays.stream(fingerprints).map(CertificateFingerprint::digits).toList();
      return this;
    }

    /**
     * How the user proves who they are.
     *
     * @param way the default is NTLM
     * @return this
     */
    public Builder auth(WinRmAuth way) {
      auth = Objects.requireNonNull(way, "auth");
      return this;
    }

    /**
     * Allows Basic to send the password and the scripts over plain HTTP, where all on the way can
     * read them. For a test's own host.
     *
     * @return this
     */
    public Builder allowUnencrypted() {
      allowUnencrypted = true;
      return this;
    }

    /**
     * The Kerberos realm of the user.
     *
     * @param name for instance {@code EXAMPLE.COM}; the default is the one in the user's name, or
     *     else that of {@link #krb5Conf}
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder realm(String name) {
      realm = OptionChecks.notBlank("realm", name, "EXAMPLE.COM");
      return this;
    }

    /**
     * The Kerberos principal of the host.
     *
     * @param principal for instance {@code WSMAN/build01.example.com}; the default is {@code HTTP/}
     *     and the host
     * @return this
     * @throws IllegalArgumentException if it is not a service and a host with {@code /} between
     */
    public Builder spn(String principal) {
      if (!principal.matches("[^\\s/@]+/[^\\s/@]+(@[^\\s/@]+)?")) {
        throw new IllegalArgumentException(
            "spn is '%s'; it must be a service and a host, such as HTTP/build01.example.com"
                .formatted(principal));
      }
      spn = principal;
      return this;
    }

    /**
     * The configuration of Kerberos. Java has one for the whole process: connections that are open
     * at the same time must agree on it.
     *
     * @param file the default is the first that exists of {@code $KRB5_CONFIG}, {@code
     *     ~/.config/krb5.conf} and {@code /etc/krb5.conf}
     * @return this
     */
    public Builder krb5Conf(Path file) {
      krb5Conf = Objects.requireNonNull(file, "krb5Conf");
      return this;
    }

    /**
     * The Kerberos tickets that the user has already, in place of a password.
     *
     * @param file as {@code kinit -c} writes it
     * @return this
     */
    public Builder ccache(Path file) {
      ccache = Objects.requireNonNull(file, "ccache");
      return this;
    }

    /**
     * The user's Kerberos keys, in place of a password.
     *
     * @param file as {@code ktutil} writes it
     * @return this
     */
    public Builder keytab(Path file) {
      keytab = Objects.requireNonNull(file, "keytab");
      return this;
    }

    /**
     * Gives the host the user's Kerberos ticket, so that scripts reach other hosts as the user. The
     * host can do anything then that the user can.
     *
     * @return this
     */
    public Builder delegation() {
      delegation = true;
      return this;
    }

    /**
     * The certificate that the host maps to a user, for {@link WinRmAuth#CERTIFICATE}.
     *
     * @param pem read when the connection is opened
     * @return this
     */
    public Builder clientCertificate(Path pem) {
      clientCertificate = Objects.requireNonNull(pem, "clientCertificate");
      return this;
    }

    /**
     * The private key of the {@linkplain #clientCertificate client certificate}.
     *
     * @param pem in PKCS#8, read when the connection is opened
     * @return this
     */
    public Builder clientKey(Path pem) {
      clientKey = Objects.requireNonNull(pem, "clientKey");
      return this;
    }

    /**
     * What the {@linkplain #clientKey client key} is encrypted with.
     *
     * @param secret copied
     * @return this
     */
    public Builder passphrase(char[] secret) {
      passphrase = secret.clone();
      return this;
    }

    /**
     * How long the host may take to answer one message. A script may take longer, and be silent
     * meanwhile: the host is asked to say so within half of the time, which Windows does after half
     * a second at the soonest, so that anything from two seconds on is sensible.
     *
     * @param timeout zero, which is the default, for as long as the call may take
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder requestTimeout(Duration timeout) {
      requestTimeout = OptionChecks.timeout("requestTimeout", timeout);
      return this;
    }

    /**
     * How long it may take to reach the host and to log in.
     *
     * @param timeout zero for any time; the default is 30 seconds
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder connectTimeout(Duration timeout) {
      connectTimeout = OptionChecks.timeout("connectTimeout", timeout);
      return this;
    }

    /**
     * How long a script may take that does not say so itself.
     *
     * @param timeout zero for any time; the default is five minutes
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = OptionChecks.timeout("commandTimeout", timeout);
      return this;
    }

    /**
     * Which PowerShell to start on the host.
     *
     * @param pathOrName a path, or a name on the host's PATH: letters, digits, blanks and {@code
     *     .:\/_-()~+} only; the default is {@code powershell.exe}
     * @return this
     * @throws IllegalArgumentException if it is blank or has other characters
     */
    public Builder powerShell(String pathOrName) {
      powerShell = OptionChecks.remotePowerShell(pathOrName, "pwsh.exe");
      return this;
    }

    /**
     * How many shells to open on the host at most. A shell runs many scripts at once, up to the
     * host's own limit; one more is opened only when that is reached.
     *
     * @param shells from 1 to 100; the default is 3
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder maxShells(int shells) {
      maxShells = OptionChecks.between("maxShells", shells, 1, 100);
      return this;
    }

    /**
     * How many PowerShell processes to keep started and waiting on the host, so that a call need
     * not wait for one to start. Each serves one call. They cost the host some 100 MB each, and
     * count among the processes that it allows a shell.
     *
     * @param processes from 0, the default, to 10
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder standby(int processes) {
      standby = OptionChecks.between("standby", processes, 0, 10);
      return this;
    }

    /**
     * Reaches the host through an HTTP proxy.
     *
     * @param hostAndPort for instance {@code proxy.example.com:3128}
     * @return this
     * @throws IllegalArgumentException if it is not written so
     */
    public Builder proxy(String hostAndPort) {
      if (!hostAndPort.matches("(\\[[^\\s/@\\[\\]]+]|[^\\s/@:\\[\\]]+):\\d{1,5}")
          || !isPort(hostAndPort.substring(hostAndPort.lastIndexOf(':') + 1))) {
        throw new IllegalArgumentException(
            "proxy is '%s'; it must be a host and a port, such as proxy.example.com:3128"
                .formatted(hostAndPort));
      }
      proxy = hostAndPort;
      return this;
    }

    private static boolean isPort(String digits) {
      int number = Integer.parseInt(digits);
      return number >= 1 && number <= 65535;
    }

    /**
     * Makes the options.
     *
     * @return the options
     * @throws IllegalArgumentException if there is no host, or options are missing, or exclude each
     *     other
     */
    public WinRmOptions build() {
      Combinations.check(this);
      return new WinRmOptions(this);
    }
  }
}
