package io.psconnect.testkit.winrm;

import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.host.HostThreads;
import io.psconnect.testkit.host.Launch;
import io.psconnect.testkit.host.ProcessShell;
import io.psconnect.testkit.host.ScriptedShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A WinRM server in this process, for tests of whatever speaks to one: on a free port of the
 * loopback interface, with users that the test names, and a PowerShell behind it, real or scripted.
 * It has the shells and commands of WinRM (MS-WSMV 3.1.4), tells what has come, and does wrong what
 * a test wants done wrong:
 *
 * <pre>{@code
 * try (WinRmHost host =
 *     WinRmHost.builder()
 *         .user("admin", "secret")
 *         .basic()
 *         .https()
 *         .powerShell(scriptedPowerShell)
 *         .start()) {
 *   host.writeCaBundle(caBundle);
 *   host.inject(WinRmFault.stall(WinRmOperation.RECEIVE));
 *   ...
 *   assertEquals(0, host.openShells());
 * }
 * }</pre>
 *
 * <p>It needs {@code org.apache.httpcomponents.core5:httpcore5}, which the test kit does not bring.
 * Safe for use by many threads.
 */
public final class WinRmHost implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final WinRmFaults faults = new WinRmFaults();
  private final Journal journal = new Journal();
  private final HostThreads threads = new HostThreads("winrmhost");
  private final Builder builder;
  private final Optional<HostTls> tls;
  private final List<HostLogin> logins;
  private final HostShells shells;
  private final WsmanService service;
  private final HostListener listener;

  private WinRmHost(Builder builder) throws IOException, GeneralSecurityException {
    this.builder = builder;
    tls = builder.tls();
    logins = builder.logins();
    shells = new HostShells(builder.maxShells, builder.maxOperations);
    service = new WsmanService(builder, shells, programs(), faults, journal);
    listener = new HostListener(listen(), this::connection, threads);
  }

  private ServerSocket listen() throws IOException {
    InetAddress address = InetAddress.getByName(hostName());
    return tls.isPresent()
        ? tls.get().listen(address, !builder.certificates.isEmpty())
        : new ServerSocket(0, BACKLOG, address);
  }

  private HostConnection connection(Socket socket) {
    journal.connected();
    Gate.Channel channel =
        tls.map(secured -> secured.channel((SSLSocket) socket)).orElseGet(PlainChannel::new);
    Gate gate = new Gate(builder, logins, channel, faults, journal);
    return new HostConnection(socket, gate, service, faults, builder.maxEnvelopeSize);
  }

  private WsmanService.Programs programs() {
    return new WsmanService.Programs() {
      @Override
      public CommandShell open(HostShell.Settings settings) {
        return builder.program(settings, threads);
      }

      @Override
      public void cutConnections() {
        WinRmHost.this.cutConnections();
      }
    };
  }

  /**
   * A host that nobody can log in to yet, over plain HTTP, without a PowerShell.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Its address as people write it.
   *
   * @return {@code 127.0.0.1}
   */
  public String hostName() {
    return "127.0.0.1";
  }

  /**
   * The port on which it listens.
   *
   * @return always the same
   */
  public int port() {
    return listener.port();
  }

  /**
   * Where clients send their messages.
   *
   * @return for instance {@code http://127.0.0.1:40123/wsman}
   */
  public String url() {
    String scheme = tls.isPresent() ? "https" : "http";
    return "%s://%s:%d/wsman".formatted(scheme, hostName(), port());
  }

  /**
   * The certificate by which the host is known.
   *
   * @return the certificate
   * @throws IllegalStateException if it has none, without HTTPS
   */
  public X509Certificate certificate() {
    return secured().certificate();
  }

  private HostTls secured() {
    return tls.orElseThrow(() -> new IllegalStateException("a host without https()"));
  }

  /**
   * The certificate's fingerprint.
   *
   * @return SHA-256, as 64 digits in lower case
   * @throws IllegalStateException if it has none, without HTTPS
   */
  public String fingerprint() {
    return secured().fingerprint();
  }

  /**
   * Writes a PEM file with the certificate alone, for clients that trust what is in it.
   *
   * @param file made, or written over
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   * @throws IllegalStateException if the host has no certificate, without HTTPS
   */
  public Path writeCaBundle(Path file) {
    try {
      return Files.writeString(file, secured().pem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets things go wrong from now on.
   *
   * @param added besides those that there are
   */
  public void inject(WinRmFault... added) {
    List.of(added).forEach(faults::add);
  }

  /** Lets nothing go wrong any more. What has gone wrong is not made good. */
  public void heal() {
    faults.clear();
  }

  /** Cuts the connections that there are. */
  public void cutConnections() {
    listener.cutConnections();
  }

  /**
   * All TCP connections that there have been.
   *
   * @return those that have been closed included
   */
  public int connections() {
    return journal.connections();
  }

  /**
   * The TCP connections that have not been closed, whether somebody has logged in by them or not.
   *
   * @return zero when nothing has been left behind
   */
  public int openConnections() {
    return listener.openConnections();
  }

  /**
   * All shells that have been opened.
   *
   * @return those that have been closed included
   */
  public int shells() {
    return journal.shells();
  }

  /**
   * The shells that have not been closed.
   *
   * @return zero when nothing has been left behind
   */
  public int openShells() {
    return shells.count();
  }

  /**
   * The commands that have not been closed, by a signal or with their shell, whether their
   * processes have ended or not.
   *
   * @return zero when nothing has been left behind
   */
  public int openCommands() {
    return shells.openCommands();
  }

  /**
   * The processes that commands have started and that have not ended, with their descendants; on
   * Linux also those whose parents have ended, daemons left out. A scripted PowerShell counts as
   * one.
   *
   * @return zero when nothing has been left behind
   */
  public int openProcesses() {
    return shells.openProcesses();
  }

  /**
   * The command lines that clients have asked for.
   *
   * @return in the order in which they came
   */
  public List<String> commandLines() {
    return journal.commandLines();
  }

  /**
   * What clients have asked for, whether it was done or not.
   *
   * @return in the order in which it came
   */
  public List<WinRmOperation> operations() {
    return journal.operations();
  }

  /**
   * How often somebody has logged in; by Basic or a certificate once on a connection.
   *
   * @return how often
   */
  public int authentications() {
    return journal.logins();
  }

  /**
   * How often somebody was not let in who had shown something.
   *
   * @return how often
   */
  public int refusedAuthentications() {
    return journal.refusedLogins();
  }

  /** Ends everything: connections, shells, processes with all that they started, threads. */
  @Override
  public void close() {
    listener.close();
    shells.killAll();
    try {
      threads.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "WinRmHost[%s, %d connections, %d shells, %d commands, %d processes open]"
        .formatted(url(), openConnections(), openShells(), openCommands(), openProcesses());
  }

  /** Describes a host. For one thread. */
  public static final class Builder {
    final Map<String, char[]> users = new LinkedHashMap<>();
    final Map<X509Certificate, String> certificates = new LinkedHashMap<>();
    boolean basic;
    boolean allowUnencrypted;
    Path home = Path.of("").toAbsolutePath();
    String stack = "3.0";
    int maxEnvelopeSize = 512_000;
    Duration operationTimeout = Duration.ofSeconds(60);
    Duration idleTimeout = Duration.ofHours(2);
    private int maxShells = 30;
    private int maxOperations = 1500;
    private boolean https;
    private boolean ntlm;
    private boolean bound;
    private Optional<KerberosHostLogin> kerberos = Optional.empty();
    private Optional<HostIdentity> identity = Optional.empty();
    private Optional<HostTls> given = Optional.empty();
    private Optional<Path> powerShell = Optional.empty();
    private Optional<ScriptedPowerShell> scripted = Optional.empty();

    private Builder() {}

    /**
     * Lets somebody log in by a password.
     *
     * @param name as the client gives it
     * @param password theirs
     * @return this
     */
    public Builder user(String name, String password) {
      users.put(Objects.requireNonNull(name, "name"), password.toCharArray());
      return this;
    }

    /**
     * Offers Basic (RFC 7617); over plain HTTP only with {@link #allowUnencrypted()}.
     *
     * @return this
     */
    public Builder basic() {
      basic = true;
      return this;
    }

    /**
     * Offers NTLM, by the scheme Negotiate (MS-NLMP).
     *
     * @return this
     */
    public Builder ntlm() {
      ntlm = true;
      return this;
    }

    /**
     * Offers Kerberos, by the schemes Kerberos and Negotiate (RFC 4559). Java reads the realm from
     * the file that the system property {@code java.security.krb5.conf} names.
     *
     * @param keytab has the service's keys
     * @param principal the service, for instance {@code HTTP/localhost@TEST.REALM}
     * @return this
     */
    public Builder kerberos(Path keytab, String principal) {
      kerberos = Optional.of(new KerberosHostLogin(keytab, principal));
      return this;
    }

    /**
     * Refuses logins by NTLM and Kerberos over HTTPS that are not bound to the TLS channel (RFC
     * 5929), as a Windows host does that is set to {@code CbtHardeningLevel} Strict.
     *
     * @return this
     */
    public Builder requireChannelBinding() {
      bound = true;
      return this;
    }

    /**
     * Takes messages over plain HTTP that are not sealed.
     *
     * @return this
     */
    public Builder allowUnencrypted() {
      allowUnencrypted = true;
      return this;
    }

    /**
     * Lets somebody log in by a certificate, over HTTPS.
     *
     * @param certificate the client's, which need not be signed by anybody
     * @param user who it belongs to
     * @return this
     */
    public Builder clientCertificate(X509Certificate certificate, String user) {
      certificates.put(certificate, Objects.requireNonNull(user, "user"));
      return this;
    }

    /**
     * Listens for HTTPS instead of HTTP, with a certificate for 127.0.0.1 and localhost that is
     * made when the host starts, and signed by itself.
     *
     * @return this
     */
    public Builder https() {
      https = true;
      return this;
    }

    /**
     * Listens for HTTPS instead of HTTP.
     *
     * @param keys has one key, with its certificate
     * @param password of the key
     * @return this
     */
    public Builder https(KeyStore keys, char[] password) {
      identity = Optional.of(HostIdentity.of(keys, password));
      return https();
    }

    /**
     * Listens for HTTPS instead of HTTP.
     *
     * @param context has the host's key, and trusts the clients that it is to know
     * @param certificate the host's
     * @return this
     */
    public Builder https(SSLContext context, X509Certificate certificate) {
      given = Optional.of(new HostTls(context, certificate));
      return https();
    }

    /**
     * Puts a real PowerShell behind the host: a command line that begins with {@code
     * powershell.exe} or {@code pwsh} starts this one. Other programs are started as they are, by
     * no shell.
     *
     * @param program its path
     * @return this
     */
    public Builder powerShell(Path program) {
      powerShell = Optional.of(program.toAbsolutePath());
      scripted = Optional.empty();
      return this;
    }

    /**
     * Puts a PowerShell behind the host that runs nothing.
     *
     * @param program answers command lines that start PowerShell, whatever its path; other programs
     *     are not found
     * @return this
     */
    public Builder powerShell(ScriptedPowerShell program) {
      scripted = Optional.of(program);
      powerShell = Optional.empty();
      return this;
    }

    /**
     * The folder where commands start.
     *
     * @param folder the default is the working directory of this process
     * @return this
     */
    public Builder home(Path folder) {
      home = folder.toAbsolutePath().normalize();
      return this;
    }

    /**
     * The largest message that the host takes, and the largest answer it gives.
     *
     * @param bytes the default is 512000
     * @return this
     */
    public Builder maxEnvelopeSize(int bytes) {
      maxEnvelopeSize = positive(bytes);
      return this;
    }

    /**
     * How many shells may be open at once.
     *
     * @param count the default is 30
     * @return this
     */
    public Builder maxShells(int count) {
      maxShells = positive(count);
      return this;
    }

    /**
     * How many commands the open shells may have had; as with Windows, only closing its shell gives
     * one back.
     *
     * @param count the default is 1500
     * @return this
     */
    public Builder maxOperations(int count) {
      maxOperations = positive(count);
      return this;
    }

    /**
     * How long a client may let an operation wait at most.
     *
     * @param most the default is 60 seconds
     * @return this
     */
    public Builder maxOperationTimeout(Duration most) {
      operationTimeout = Objects.requireNonNull(most, "most");
      return this;
    }

    /**
     * After what time without a message a shell is closed whose client has asked for no other.
     *
     * @param timeout the default is two hours
     * @return this
     */
    public Builder idleTimeout(Duration timeout) {
      idleTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * What version of WinRM it says it is.
     *
     * @param version the default is {@code 3.0}; with {@code 2.0} it answers as Windows before 8
     *     does
     * @return this
     */
    public Builder stack(String version) {
      stack = Objects.requireNonNull(version, "version");
      return this;
    }

    private static int positive(int number) {
      if (number <= 0) {
        throw new IllegalArgumentException("%d is not positive".formatted(number));
      }
      return number;
    }

    /**
     * Makes the certificate, if there is to be one, and listens.
     *
     * @return a host that takes connections
     * @throws UncheckedIOException if there is no port to be had, or no certificate
     */
    public WinRmHost start() {
      try {
        return new WinRmHost(this);
      } catch (IOException e) {
        throw new UncheckedIOException("the host could not listen", e);
      } catch (GeneralSecurityException e) {
        throw new UncheckedIOException(new IOException("the host's certificate cannot be used", e));
      }
    }

    private Optional<HostTls> tls() throws IOException, GeneralSecurityException {
      if (!https || given.isPresent()) {
        return given;
      }
      HostIdentity mine = identity.isPresent() ? identity.get() : HostIdentity.selfSigned();
      return Optional.of(new HostTls(mine.context(), mine.certificate()));
    }

    /** In the order of Windows. */
    private List<HostLogin> logins() {
      List<HostMechanism> mechanisms = new ArrayList<>();
      List<HostLogin> logins = new ArrayList<>();
      kerberos
          .map(login -> bound ? login.requireChannelBinding() : login)
          .ifPresent(
              login -> {
                mechanisms.add(login);
                logins.add(login);
              });
      if (ntlm) {
        NtlmHostLogin login = new NtlmHostLogin(users);
        mechanisms.add(bound ? login.requireChannelBinding() : login);
      }
      if (!mechanisms.isEmpty()) {
        logins.add(0, NegotiateHostLogin.of(mechanisms.toArray(HostMechanism[]::new)));
      }
      return logins;
    }

    private CommandShell program(HostShell.Settings settings, HostThreads threads) {
      return scripted.isPresent()
          ? new ScriptedShell(scripted.get(), threads)
          : new ProcessShell(
              Launch.directly(powerShell), settings.folder(), settings.environment(), threads);
    }
  }
}
