package io.psconnect.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OpenSSH's own server on a port of loopback, with a configuration, keys and users of its own, in a
 * folder that is removed in the end. Nothing of this machine's is changed: its users exist in a
 * mount namespace that is the server's alone.
 *
 * <p>{@link #start()} skips the test, and says why, where this process may not run such a server;
 * where {@code PSCONNECT_REQUIRE} names {@code sshd} it fails instead. So start one in a test or in
 * {@code @BeforeAll}, never where a field is declared; and mark its field {@code @AutoClose}, which
 * closes later than any {@code @AfterAll}. {@link OnRealSshd} shows the log where a test fails.
 *
 * <p>Safe for use by many threads, but for {@link #stop}, {@link #restart} and {@link #close}.
 */
public final class RealSshd implements AutoCloseable {
  /** What a host has. */
  public enum Sftp {
    /** The one in sshd itself. */
    INTERNAL,
    /** The program sftp-server. */
    PROGRAM,
    /** None: a request for the subsystem is refused. */
    NONE
  }

  /** The server's host keys, by the names that ssh-keygen has for their types. */
  public static final List<String> HOST_KEY_TYPES = List.of("ed25519", "ecdsa", "rsa");

  private static final int ATTEMPTS = 5;
  private static final Queue<RealSshd> STARTED = new ConcurrentLinkedQueue<>();

  private final Path folder;
  private final Path log;
  private final SshKeys keys;
  private final HostAccount account;
  private final MarkedProcesses marked = new MarkedProcesses();
  private final Builder chosen;
  private final Set<ProcessHandle> sessions = new LinkedHashSet<>();
  private int port;
  private Process listener;
  private Process watchdog;
  private volatile String finalLog;

  private RealSshd(Builder builder) throws IOException {
    chosen = builder;
    folder = Files.createTempDirectory("psconnect-sshd-");
    log = folder.resolve("log");
    keys = new SshKeys(folder);
    account = HostAccount.in(folder, chosen.loginShell, chosen.password);
  }

  /** One with the defaults. */
  public static RealSshd start() {
    return builder().start();
  }

  /** Starts from a server that has a user with the login shell sh, all host keys, and SFTP. */
  public static Builder builder() {
    return new Builder();
  }

  /** Those that run, and those that were closed since the last call of {@link #forgetClosed}. */
  static Collection<RealSshd> started() {
    return STARTED;
  }

  static void forgetClosed() {
    STARTED.removeIf(sshd -> sshd.finalLog != null);
  }

  private void launch() throws IOException {
    keys.makeHostKeys(HOST_KEY_TYPES, chosen.hostCertificate);
    userKey();
    for (int attempt = 1; !listens(freePort()); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new AssertionError("sshd does not start:\n" + log());
      }
    }
    keys.knowHost(port, chosen.hostCertificate);
    STARTED.add(this);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** False if another process took the port in between. */
  private boolean listens(int onPort) throws IOException {
    port = onPort;
    Files.write(folder.resolve("sshd_config"), configuration());
    Files.deleteIfExists(log);
    Files.createFile(log);
    listener =
        new ProcessBuilder(
                account.command(sshd(), "-D", "-E", log, "-f", folder.resolve("sshd_config")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    listener.getOutputStream().close();
    watchdog = endWithThisProcess(listener);
    Waiting.until("sshd listens", () -> logs("Server listening on") || !listener.isAlive());
    if (!listener.isAlive()) {
      watchdog.destroy();
    }
    return listener.isAlive();
  }

  /** A test that is killed closes no server; its end of this pipe is closed all the same. */
  private static Process endWithThisProcess(Process server) throws IOException {
    return new ProcessBuilder("sh", "-c", "cat >/dev/null; kill " + server.pid()).start();
  }

  private boolean logs(String text) {
    return log().contains(text);
  }

  private List<String> configuration() {
    List<String> lines = new ArrayList<>();
    lines.add("ListenAddress 127.0.0.1");
    lines.add("Port " + port);
    lines.add("PidFile none");
    lines.add("StrictModes no");
    lines.add("LogLevel " + chosen.logLevel);
    lines.add("PermitRootLogin yes");
    lines.add("UsePAM " + (chosen.pam ? "yes" : "no"));
    lines.add("PasswordAuthentication " + (chosen.password == null || chosen.pam ? "no" : "yes"));
    lines.add("KbdInteractiveAuthentication " + (chosen.pam ? "yes" : "no"));
    lines.add("AuthorizedKeysFile " + keys.authorizedKeys());
    lines.add("TrustedUserCAKeys " + keys.authority() + ".pub");
    HOST_KEY_TYPES.forEach(type -> lines.add("HostKey " + keys.hostKey(type)));
    if (chosen.hostCertificate) {
      HOST_KEY_TYPES.forEach(
          type -> lines.add("HostCertificate " + SshKeys.certificateOf(keys.hostKey(type))));
    }
    lines.add("SetEnv " + environment());
    subsystem().ifPresent(lines::add);
    if (chosen.maxSessions > 0) {
      lines.add("MaxSessions " + chosen.maxSessions);
    }
    lines.add("MaxStartups 200");
    lines.addAll(chosen.config);
    return lines;
  }

  private Optional<String> subsystem() {
    return switch (chosen.sftp) {
      case INTERNAL -> Optional.of("Subsystem sftp internal-sftp");
      case PROGRAM -> Optional.of("Subsystem sftp /usr/lib/openssh/sftp-server");
      case NONE -> Optional.empty();
    };
  }

  private String environment() {
    Stream<String> inherited =
        Stream.of("PATH", "TMPDIR", "PSCONNECT_WINEPREFIX")
            .filter(name -> System.getenv(name) != null)
            .map(name -> name + "=" + System.getenv(name));
    return Stream.concat(inherited, Stream.of(marked.variable()))
        .map(variable -> '"' + variable + '"')
        .collect(Collectors.joining(" "));
  }

  private static String sshd() {
    Stream<String> path = Stream.of(System.getenv("PATH").split(":"));
    return Stream.concat(path, Stream.of("/usr/sbin"))
        .map(directory -> Path.of(directory, "sshd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> HostAccount.impossible("there is no sshd"))
        .toString();
  }

  /** Where it listens on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Who can log in. */
  public String user() {
    return account.name();
  }

  /** The user's home, which is a folder of this machine as well. */
  public Path home() {
    return account.home();
  }

  /** A folder of the server's own, for a test's files. */
  public Path folder() {
    return folder;
  }

  /** A file with all host keys of this server, or with their authority if they are certified. */
  public Path knownHosts() {
    return keys.knownHosts();
  }

  /** The private host key of a type; {@code .pub} at its end makes it the public one. */
  public Path hostKey(String type) {
    return keys.hostKey(type);
  }

  /** The fingerprint of a host key, as {@code ssh-keygen -l} prints it. */
  public String fingerprint(String type) {
    return keys.fingerprint(keys.hostKey(type));
  }

  /** The private key of the user, which the server takes: Ed25519, not encrypted. */
  public Path userKey() {
    Path file = keys.file("id_ed25519");
    return Files.exists(file) ? file : newUserKey("id_ed25519", "-t", "ed25519");
  }

  /**
   * Makes another key that the server takes.
   *
   * @param name the file's
   * @param keygen arguments of ssh-keygen, such as {@code -t rsa -m PEM -N secret}; without {@code
   *     -N} the key is not encrypted
   */
  public Path newUserKey(String name, String... keygen) {
    Path file = keys.make(name, keygen);
    keys.authorize(file);
    return file;
  }

  /** Makes a key that the server does not take. */
  public Path newStrangeKey(String name, String... keygen) {
    return keys.make(name, keygen);
  }

  /**
   * Makes a certificate of the authority that the server trusts, for the user, beside the key.
   *
   * @param key a private key
   * @param keygen further arguments of ssh-keygen, such as {@code -V -2d:-1d} for one that expired
   * @return the certificate's file
   */
  public Path certify(Path key, String... keygen) {
    return keys.certifyUser(key, user(), keygen);
  }

  /** Options for this host with the user's key, pwsh as PowerShell, and no agent. */
  public SshOptions.Builder options() {
    return strangerOptions().privateKeyPath(userKey());
  }

  /** The same without a key. */
  public SshOptions.Builder strangerOptions() {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .username(user())
        .knownHosts(knownHosts())
        .noAgent()
        .powerShell("pwsh");
  }

  /**
   * The command line of a program of OpenSSH's that logs in with the user's key, up to where its
   * own arguments begin.
   *
   * @param program ssh, scp or sftp
   */
  public List<String> client(String program) {
    List<String> line = new ArrayList<>(strangeClient(program));
    Collections.addAll(line, "-i", userKey().toString(), "-o", "BatchMode=yes");
    return line;
  }

  /** The same, without a key and free to ask. */
  public List<String> strangeClient(String program) {
    String number = Integer.toString(port);
    String[] options = {"-o", "IdentitiesOnly=yes", "-o", "UserKnownHostsFile=" + knownHosts()};
    List<String> line = new ArrayList<>(List.of(program, "-F", "none"));
    Collections.addAll(line, program.equals("ssh") ? "-p" : "-P", number);
    Collections.addAll(line, options);
    return line;
  }

  /** What the server has logged so far. */
  public String log() {
    if (finalLog != null) {
      return finalLog;
    }
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets what was logged. */
  public void clearLog() {
    try {
      Files.writeString(log, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What users' sessions have started and still runs, wherever its parent is; not sshd itself. */
  public List<ProcessHandle> userProcesses() {
    return marked.alive();
  }

  /** The processes of sshd that serve connections. */
  public List<ProcessHandle> sessionProcesses() {
    remember();
    return sessions.stream().filter(ProcessHandle::isAlive).filter(RealSshd::isSshd).toList();
  }

  private static boolean isSshd(ProcessHandle process) {
    return process.info().command().map(path -> path.contains("sshd")).orElse(false);
  }

  private void remember() {
    listener.descendants().forEach(sessions::add);
  }

  /** Cuts all connections, by the death of the processes that serve them. */
  public void killSessions() {
    List<ProcessHandle> serving = sessionProcesses();
    serving.forEach(ProcessHandle::destroyForcibly);
    serving.forEach(process -> Waiting.until("session ended", () -> !process.isAlive()));
  }

  /** Ends the listener alone; sessions go on, as with {@code systemctl stop ssh}. */
  public void stop() {
    remember();
    watchdog.destroy();
    listener.destroy();
    Waiting.until("sshd ended", () -> !listener.isAlive());
  }

  /** Listens again, on the same port. */
  public void restart() {
    if (listener.isAlive()) {
      stop();
    }
    Waiting.until(
        "sshd listens again",
        () -> {
          try {
            return listens(port);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Ends the server, its sessions, and all that they started. */
  @Override
  public void close() {
    if (finalLog != null) {
      return;
    }
    if (listener != null) {
      stop();
      end(sessions);
      end(userProcesses());
    }
    finalLog = log();
    TemporaryFolder.remove(folder);
  }

  private static void end(Collection<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : processes) {
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  @Override
  public String toString() {
    return "sshd on port %d, user %s".formatted(port, user());
  }

  /** Describes a server. */
  public static final class Builder {
    private final List<String> config = new ArrayList<>();
    private String loginShell;
    private String password;
    private boolean pam;
    private boolean hostCertificate;
    private Sftp sftp = Sftp.INTERNAL;
    private int maxSessions;
    private String logLevel = "VERBOSE";

    private Builder() {}

    /**
     * The user's login shell, which gets the command line after {@code -c}.
     *
     * @param program a path, or a name on PATH; the default is sh
     */
    public Builder loginShell(String program) {
      loginShell = program;
      return this;
    }

    /** A password that the server takes from its user, by the method {@code password}. */
    public Builder password(String secret) {
      password = secret;
      return this;
    }

    /** The same, by PAM, and therefore by the method {@code keyboard-interactive} alone. */
    public Builder keyboardInteractive(String secret) {
      pam = true;
      return password(secret);
    }

    /** Host keys with certificates of an authority, which alone stands in known_hosts. */
    public Builder hostCertificate() {
      hostCertificate = true;
      return this;
    }

    /** Which SFTP there is; the default is that of sshd itself. */
    public Builder sftp(Sftp which) {
      sftp = which;
      return this;
    }

    /** How many channels a connection may have; the default is sshd's own, 10. */
    public Builder maxSessions(int number) {
      maxSessions = number;
      return this;
    }

    /** How much is logged; the default is VERBOSE. */
    public Builder logLevel(String level) {
      logLevel = level;
      return this;
    }

    /** Further lines for sshd_config. What stands above them already comes first, and wins. */
    public Builder config(String... lines) {
      config.addAll(List.of(lines));
      return this;
    }

    /** Starts it, and waits until it listens. */
    public RealSshd start() {
      try {
        RealSshd sshd = new RealSshd(this);
        try {
          sshd.launch();
        } catch (Throwable e) {
          sshd.close();
          throw e;
        }
        return sshd;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
