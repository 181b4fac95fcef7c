package io.psconnect.ssh;

import io.psconnect.ConnectionOptions;
import io.psconnect.DurationText;
import io.psconnect.spi.HostPort;
import io.psconnect.spi.OptionChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.Destroyable;

/**
 * Options of the backend {@code ssh}. Immutable, but for {@link #destroy()}, which wipes the
 * secrets in it. A connection takes a copy of them when it is made and wipes that copy when it is
 * closed, so that options serve for any number of connections.
 *
 * <p>Who the user is gets tried in this order: the private key given by its bytes, the one given by
 * its path, those of the ssh-agent, those the configuration file names; then the password, as
 * {@code password} and as {@code keyboard-interactive} (RFC 4252, RFC 4256).
 */
public final class SshOptions implements ConnectionOptions, Destroyable {
  /** The backend's id. */
  public static final String BACKEND = "ssh";

  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
  private static final Pattern JUMP_HOST =
      Pattern.compile("([^\\s@/]+@)?(\\[[^\\s\\]]+]|[^\\s@:/\\[\\]]+)(:(?<port>\\d{1,5}))?");

  private final Builder chosen;
  private volatile boolean destroyed;

  private SshOptions(Builder builder) {
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
   * @return a name or an address, or an alias of the configuration file
   */
  public String host() {
    return chosen.host;
  }

  /**
   * The port.
   *
   * @return empty for the configuration file's, or else 22
   */
  public OptionalInt port() {
    return chosen.port == 0 ? OptionalInt.empty() : OptionalInt.of(chosen.port);
  }

  /**
   * The user on the host.
   *
   * @return empty for the configuration file's, or else the user of this process
   */
  public Optional<String> username() {
    return Optional.ofNullable(chosen.username);
  }

  /**
   * The private key.
   *
   * @return a copy of the file's bytes, which the caller wipes; empty if none was given so
   * @throws IllegalStateException if the options have been destroyed
   */
  public Optional<byte[]> privateKey() {
    requireSecrets();
    return Optional.ofNullable(chosen.privateKey).map(byte[]::clone);
  }

  /**
   * The file of the private key.
   *
   * @return empty if none was given
   */
  public Optional<Path> privateKeyPath() {
    return Optional.ofNullable(chosen.privateKeyPath);
  }

  /**
   * What the private key is encrypted with.
   *
   * @return a copy, which the caller wipes; empty if none was given
   * @throws IllegalStateException if the options have been destroyed
   */
  public Optional<char[]> passphrase() {
    requireSecrets();
    return Optional.ofNullable(chosen.passphrase).map(char[]::clone);
  }

  /**
   * The user certificate that a key goes with.
   *
   * @return empty for the file beside the private key's, named like it with {@code -cert.pub} at
   *     the end, if it exists
   */
  public Optional<Path> certificatePath() {
    return Optional.ofNullable(chosen.certificatePath);
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
   * The socket of the ssh-agent whose keys are tried.
   *
   * @return {@code SSH_AUTH_SOCK} by default; empty if that is not set, or no agent is wanted
   */
  public Optional<Path> agentSocket() {
    return Optional.ofNullable(chosen.agentSocket);
  }

  /**
   * The file of the hosts' keys.
   *
   * @return empty for the configuration file's, or else {@code ~/.ssh/known_hosts}
   */
  public Optional<Path> knownHosts() {
    return Optional.ofNullable(chosen.knownHosts);
  }

  /**
   * The host keys that are taken, in place of a file.
   *
   * @return each as {@code SHA256:} and Base64, as {@code ssh-keygen -l} prints it; none by default
   */
  public List<String> hostKeyFingerprints() {
    return chosen.hostKeyFingerprints;
  }

  /**
   * Whether any host key is taken.
   *
   * @return false by default
   */
  public boolean acceptsAnyHostKey() {
    return chosen.acceptAnyHostKey;
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
   * How often the host is asked for a sign of life. One that does not answer three times is gone.
   *
   * @return 30 seconds by default; zero for never
   */
  public Duration keepAlive() {
    return chosen.keepAlive;
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
   * How many calls run at once; one more waits, within its own time.
   *
   * @return 4 by default
   */
  public int maxSessions() {
    return chosen.maxSessions;
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
   * The hosts on the way, as OpenSSH's {@code ProxyJump} has them.
   *
   * @return each as {@code user@host:port}, the first one first; none by default
   */
  public List<String> proxyJump() {
    return chosen.proxyJump;
  }

  /**
   * The configuration file, in the form of OpenSSH's {@code ssh_config}, that says what is not said
   * here: {@code HostName}, {@code Port}, {@code User}, {@code IdentityFile}, {@code ProxyJump} and
   * {@code UserKnownHostsFile}.
   *
   * @return empty, which is the default, to read none
   */
  public Optional<Path> configFile() {
    return Optional.ofNullable(chosen.configFile);
  }

  /** Wipes the private key, the passphrase and the password. */
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
    return "SshOptions[%s%s]"
        .formatted(username().map(name -> name + "@").orElse(""), HostPort.text(host(), port()));
  }

  /** Builds options. Not safe for use by several threads. */
  public static final class Builder {
    private String host;
    private int port;
    private String username;
    private byte[] privateKey;
    private Path privateKeyPath;
    private char[] passphrase;
    private Path certificatePath;
    private char[] password;
    private Path agentSocket = agentOfEnvironment();
    private Path knownHosts;
    private List<String> hostKeyFingerprints = List.of();
    private boolean acceptAnyHostKey;
    private Duration connectTimeout = Duration.ofSeconds(30);
    private Duration commandTimeout = Duration.ofMinutes(5);
    private Duration keepAlive = Duration.ofSeconds(30);
    private String powerShell = "powershell.exe";
    private int maxSessions = 4;
    private int standby;
    private List<String> proxyJump = List.of();
    private Path configFile;

    private Builder() {}

    private Builder(Builder other) {
      host = other.host;
      port = other.port;
      username = other.username;
      privateKey = other.privateKey == null ? null : other.privateKey.clone();
      privateKeyPath = other.privateKeyPath;
      passphrase = other.passphrase == null ? null : other.passphrase.clone();
      certificatePath = other.certificatePath;
      password = other.password == null ? null : other.password.clone();
      agentSocket = other.agentSocket;
      knownHosts = other.knownHosts;
      hostKeyFingerprints = other.hostKeyFingerprints;
      acceptAnyHostKey = other.acceptAnyHostKey;
      connectTimeout = other.connectTimeout;
      commandTimeout = other.commandTimeout;
      keepAlive = other.keepAlive;
      powerShell = other.powerShell;
      maxSessions = other.maxSessions;
      standby = other.standby;
      proxyJump = other.proxyJump;
      configFile = other.configFile;
    }

    private static Path agentOfEnvironment() {
      String socket = System.getenv("SSH_AUTH_SOCK");
      return socket == null || socket.isBlank() ? null : Path.of(socket);
    }

    private void wipe() {
      wipe(passphrase);
      wipe(password);
      if (privateKey != null) {
        Arrays.fill(privateKey, (byte) 0);
      }
    }

    private static void wipe(char[] secret) {
      if (secret != null) {
        Arrays.fill(secret, '\0');
      }
    }

    /**
     * The host. There is no default.
     *
     * @param nameOrAddress a name, an IPv4 address, an IPv6 address with or without brackets, or an
     *     alias of the {@linkplain #configFile configuration file}
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
     * @param number from 1 to 65535; the default is the configuration file's, or else 22
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
     * @param name as the host knows it, for instance {@code admin} or {@code DOMAIN\admin}; the
     *     default is the configuration file's, or else the user of this process
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder username(String name) {
      username = OptionChecks.notBlank("username", name, "admin");
      return this;
    }

    /**
     * The private key by its bytes, which is tried first: Ed25519, ECDSA or RSA, in OpenSSH's,
     * PKCS#8's or the older PEM form.
     *
     * @param file what the key's file holds; copied
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder privateKey(byte[] file) {
      if (file.length == 0) {
        throw new IllegalArgumentException(
            "privateKey is empty; it must be what a private key's file holds");
      }
      privateKey = file.clone();
      return this;
    }

    /**
     * The private key by its file, in one of the forms of {@link #privateKey}.
     *
     * @param file read when the connection is opened
     * @return this
     */
    public Builder privateKeyPath(Path file) {
      privateKeyPath = Objects.requireNonNull(file, "privateKeyPath");
      return this;
    }

    /**
     * What the private key is encrypted with.
     *
     * @param secret copied
     * @return this
     */
    public Builder passphrase(char[] secret) {
      passphrase = secret.clone();
      return this;
    }

    /**
     * The OpenSSH user certificate that goes with the private key.
     *
     * @param file for instance {@code id_ed25519-cert.pub}; by default, the file of that name
     *     beside the private key's, if it exists
     * @return this
     */
    public Builder certificatePath(Path file) {
      certificatePath = Objects.requireNonNull(file, "certificatePath");
      return this;
    }

    /**
     * The password, tried after the keys.
     *
     * @param secret copied
     * @return this
     * @throws IllegalArgumentException if it is empty
     */
    public Builder password(char[] secret) {
      if (secret.length == 0) {
        throw new IllegalArgumentException("password is empty; leave it out to use keys alone");
      }
      password = secret.clone();
      return this;
    }

    /**
     * The ssh-agent whose keys are tried.
     *
     * @param socket where it listens; the default is {@code SSH_AUTH_SOCK}
     * @return this
     */
    public Builder agentSocket(Path socket) {
      agentSocket = Objects.requireNonNull(socket, "agentSocket");
      return this;
    }

    /**
     * Asks no ssh-agent.
     *
     * @return this
     */
    public Builder noAgent() {
      agentSocket = null;
      return this;
    }

    /**
     * The file of the hosts' keys, in the form that sshd(8) calls SSH_KNOWN_HOSTS. That it is
     * missing is an error.
     *
     * @param file the default is the configuration file's, or else {@code ~/.ssh/known_hosts}
     * @return this
     */
    public Builder knownHosts(Path file) {
      knownHosts = Objects.requireNonNull(file, "knownHosts");
      return this;
    }

    /**
     * Takes these host keys, and reads no file of them.
     *
     * @param fingerprints each as {@code ssh-keygen -l} prints it: {@code SHA256:} and 43
     *     characters of Base64
     * @return this
     * @throws IllegalArgumentException if one is not written so, or there is none
     */
    public Builder hostKeyFingerprint(String... fingerprints) {
      for (String fingerprint : fingerprints) {
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
          throw new IllegalArgumentException(
              "host key fingerprint is '%s'; it must be as ssh-keygen -l prints it, SHA256: and 43"
                      .formatted(fingerprint)
                  + " characters of Base64");
        }
      }
      if (fingerprints.length == 0) {
        throw new IllegalArgumentException("no host key fingerprint is given");
      }
      hostKeyFingerprints = Arrays.stream(fingerprints).map(text -> text.replace("=", "")).toList();
      return this;
    }

    /**
     * Takes any host key: whoever answers gets the password and the scripts. For a test's own host.
     *
     * @return this
     */
    public Builder acceptAnyHostKey() {
      acceptAnyHostKey = true;
      return this;
    }

    /**
     * How long it may take to reach the host and to log in, all hosts on the way included.
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
     * How often the host is asked for a sign of life. One that does not answer three times is gone.
     *
     * @param interval zero for never; the default is 30 seconds
     * @return this
     * @throws IllegalArgumentException if it is negative, or more than zero and less than 100
     *     milliseconds
     */
    public Builder keepAlive(Duration interval) {
      if (!interval.isZero() && interval.toMillis() < 100) {
        throw new IllegalArgumentException(
            "keepAlive is %s; it must be zero (never), or 100 ms or more"
                .formatted(DurationText.of(interval)));
      }
      keepAlive = interval;
      return this;
    }

    /**
     * Which PowerShell to start on the host.
     *
     * @param pathOrName a path, or a name on the host's PATH: letters, digits, blanks and {@code
     *     .:\/_-()~+} only, as the host's login shell, which may be any, has to take it as it is.
     *     One with blanks is put in double quotes, which cmd.exe and POSIX shells run; where
     *     PowerShell is the login shell, give the short name, {@code
     *     C:\PROGRA~1\PowerShell\7\pwsh.exe}. The default is {@code powershell.exe}
     * @return this
     * @throws IllegalArgumentException if it is blank or has other characters
     */
    public Builder powerShell(String pathOrName) {
      powerShell = OptionChecks.remotePowerShell(pathOrName, "pwsh");
      return this;
    }

    /**
     * How many calls run at once; one more waits, within its own time. OpenSSH's server allows ten
     * on a connection ({@code MaxSessions}), where copies of files and the ending of scripts that
     * were given up count too, and a session that has ended for a moment still does: stay well
     * below the host's number.
     *
     * @param sessions from 1 to 100; the default is 4
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder maxSessions(int sessions) {
      maxSessions = OptionChecks.between("maxSessions", sessions, 1, 100);
      return this;
    }

    /**
     * How many PowerShell processes to keep started and waiting on the host, so that a call need
     * not wait for one to start. Each serves one call, and is one of the {@linkplain #maxSessions
     * sessions} while it waits. They cost the host some 100 MB each.
     *
     * @param processes from 0, the default, to one less than the sessions
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder standby(int processes) {
      if (processes < 0) {
        throw new IllegalArgumentException(
            "standby is %d; it must be zero or more".formatted(processes));
      }
      standby = processes;
      return this;
    }

    /**
     * Reaches the host through others, as OpenSSH's {@code ProxyJump} does. They are logged in to
     * with the same keys, never with the password, and their host keys are checked in the same way:
     * where fingerprints are given, theirs have to be among them.
     *
     * @param hosts each as {@code user@host:port}, where the user, by default that of this process,
     *     and the port may be missing; the first one first
     * @return this
     * @throws IllegalArgumentException if one is not written so
     */
    public Builder proxyJump(String... hosts) {
      for (String jump : hosts) {
        requireJumpHost(jump);
      }
      proxyJump = List.of(hosts);
      return this;
    }

    private static void requireJumpHost(String jump) {
      Matcher form = JUMP_HOST.matcher(jump);
      if (!form.matches() || !isPort(form.group("port"))) {
        throw new IllegalArgumentException(
            "proxyJump is '%s'; it must be written as user@host:port, where user@ and :port may be left"
                    .formatted(jump)
                + " out, and the port is between 1 and 65535");
      }
    }

    private static boolean isPort(String digits) {
      int number = digits == null ? 1 : Integer.parseInt(digits);
      return number >= 1 && number <= 65535;
    }

    /**
     * Reads what is not said here from a configuration file.
     *
     * @param file in the form of OpenSSH's {@code ssh_config}, for instance {@code ~/.ssh/config};
     *     by default none is read
     * @return this
     */
    public Builder configFile(Path file) {
      configFile = Objects.requireNonNull(file, "configFile");
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     * @throws IllegalArgumentException if there is no host, there are two ways to check its key, or
     *     no session is left beside the processes on standby
     */
    public SshOptions build() {
      if (host == null) {
        throw new IllegalArgumentException("no host is given; it must be a name or an address");
      }
      if (acceptAnyHostKey && (knownHosts != null || !hostKeyFingerprints.isEmpty())) {
        throw new IllegalArgumentException(
            "acceptAnyHostKey excludes knownHosts and hostKeyFingerprint; keep one of them");
      }
      if (knownHosts != null && !hostKeyFingerprints.isEmpty()) {
        throw new IllegalArgumentException(
            "knownHosts and hostKeyFingerprint exclude each other; keep one of them");
      }
      if (standby >= maxSessions) {
        throw new IllegalArgumentException(
            "standby is %d and maxSessions %d; one session at least must be free beside those that"
                    .formatted(standby, maxSessions)
                + " wait, so standby must be less than maxSessions");
      }
      return new SshOptions(this);
    }
  }
}
