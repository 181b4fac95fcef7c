package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.host.HostThreads;
import io.psconnect.testkit.host.Launch;
import io.psconnect.testkit.host.ProcessShell;
import io.psconnect.testkit.host.ScriptedShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An SSH server in this process, for tests of whatever speaks to one: on a free port of the
 * loopback interface, with a host key of its own, users that the test names, and a PowerShell
 * behind it, real or scripted. It ends calls as OpenSSH does, tells what has come, and does wrong
 * what a test wants done wrong:
 *
 * <pre>{@code
 * try (SshHost host =
 *     SshHost.builder()
 *         .user(SshUser.named("admin").withPassword("secret"))
 *         .powerShell(scriptedPowerShell)
 *         .start()) {
 *   host.writeKnownHosts(knownHosts);
 *   host.inject(SshFault.stall(Stage.EXEC_REPLY));
 *   ...
 *   assertEquals(0, host.openSessions());
 * }
 * }</pre>
 *
 * <p>It needs {@code org.apache.sshd:sshd-osgi} and {@code org.apache.sshd:sshd-sftp}, which the
 * test kit does not bring. A command line is given to a login shell, as an SSH server does it.
 * Terminals are refused. Safe for use by many threads.
 */
public final class SshHost implements AutoCloseable {
  private final Faults faults = new Faults();
  private final HostThreads threads = new HostThreads("sshhost");
  private final InetAddress address;
  private final CommandShell shell;
  private final HostServer server;
  private final Relay relay;

  private SshHost(Builder builder) throws IOException {
    Ed25519.register();
    address = builder.address;
    shell = builder.shell(threads);
    server = new HostServer(builder, shell, faults);
    relay = new Relay(address, server.address(), faults, threads);
  }

  /**
   * A host that nobody can log in to yet, with command lines given to {@code sh -c} as they are,
   * and SFTP that shows the files of this machine.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Where the host listens.
   *
   * @return 127.0.0.1 or ::1
   */
  public InetAddress address() {
    return address;
  }

  /**
   * Its address as people write it.
   *
   * @return {@code 127.0.0.1} or {@code ::1}
   */
  public String hostName() {
    return address.getHostAddress().replaceFirst("^0(:0)+:", "::");
  }

  /**
   * The port on which it listens.
   *
   * @return always the same, also while connections are refused
   */
  public int port() {
    return relay.port();
  }

  /**
   * The key by which the host is known.
   *
   * @return its public part
   */
  public PublicKey hostKey() {
    return server.announcedKey();
  }

  /**
   * The host key's fingerprint, as {@code ssh-keygen -l} prints it.
   *
   * @return {@code SHA256:} and 43 characters
   */
  public String fingerprint() {
    return server.fingerprint();
  }

  /**
   * The host's line of a {@code known_hosts} file.
   *
   * @return {@code [127.0.0.1]:2222 ssh-ed25519 AAAA...}, without a line end
   */
  public String knownHostsLine() {
    return "[%s]:%d %s".formatted(hostName(), port(), server.announcedLine());
  }

  /**
   * Writes a {@code known_hosts} file with {@link #knownHostsLine()} alone.
   *
   * @param file made, or written over
   * @return the file
   * @throws UncheckedIOException if it cannot be written
   */
  public Path writeKnownHosts(Path file) {
    try {
      return Files.writeString(file, knownHostsLine() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets things go wrong from now on.
   *
   * @param added each takes the place of the one of its kind
   */
  public void inject(SshFault... added) {
    List.of(added).forEach(faults::add);
    relay.faultsChanged();
  }

  /** Lets nothing go wrong any more. What has gone wrong is not made good. */
  public void heal() {
    faults.clear();
    relay.faultsChanged();
  }

  /** Cuts the connections that there are. */
  public void cutConnections() {
    relay.cutConnections();
  }

  /**
   * The TCP connections that have not been closed, whether somebody has logged in by them or not.
   *
   * @return zero when nothing has been left behind
   */
  public int openSessions() {
    return Math.max(relay.openConnections(), server.openSessions());
  }

  /**
   * The channels of all connections that have not been closed by both sides.
   *
   * @return zero when nothing has been left behind
   */
  public int openChannels() {
    return server.openChannels();
  }

  /**
   * The processes that commands have started and that have not ended: the login shell, PowerShell,
   * and their descendants; on Linux also those whose parents have ended, daemons left out. A
   * scripted PowerShell counts as one.
   *
   * @return zero when nothing has been left behind
   */
  public int openProcesses() {
    return shell.openProcesses();
  }

  /**
   * The command lines that clients have asked for, also where a fault kept the answer back.
   *
   * @return in the order in which they came
   */
  public List<String> commands() {
    return server.commands();
  }

  /**
   * The attempts to log in.
   *
   * @return in the order in which they were decided
   */
  public List<SshAuthentication> authentications() {
    return server.authentications();
  }

  /** Ends everything: connections, processes with all that they started, threads. */
  @Override
  public void close() {
    relay.close();
    server.close();
    shell.killAll();
    try {
      threads.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "SshHost[%s:%d, %d sessions, %d channels, %d processes open]"
        .formatted(
            address.getHostAddress(), port(), openSessions(), openChannels(), openProcesses());
  }

  /** Describes a host. For one thread. */
  public static final class Builder {
    final List<SshUser> users = new ArrayList<>();
    final List<String> userCas = new ArrayList<>();
    SshHostKey hostKey = SshHostKey.ED25519;
    Optional<KeyPair> hostCa = Optional.empty();
    InetAddress address = loopback("127.0.0.1");
    Path home = Path.of("").toAbsolutePath();
    Optional<Path> root = Optional.empty();
    boolean windowsPaths;
    boolean sftp = true;
    boolean forwarding;
    private List<String> loginShell = List.of("sh", "-c");
    private Optional<Path> powerShell = Optional.empty();
    private Optional<ScriptedPowerShell> scripted = Optional.empty();

    private Builder() {}

    private static InetAddress loopback(String address) {
      try {
        return InetAddress.getByName(address);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /**
     * Lets somebody log in.
     *
     * @param user takes the place of one with the same name
     * @return this
     */
    public Builder user(SshUser user) {
      users.add(Objects.requireNonNull(user, "user"));
      return this;
    }

    /**
     * Trusts an authority that signs OpenSSH user certificates: whoever has one that is valid now
     * and names a user of the host among its principals can log in as that user.
     *
     * @param line the authority's public key, as in a {@code .pub} file
     * @return this
     * @throws IllegalArgumentException if it is no such line
     */
    public Builder userCa(String line) {
      Ed25519.register();
      Logins.parse(line.strip());
      userCas.add(line.strip());
      return this;
    }

    /**
     * The kind of the host key, which is made when the host starts.
     *
     * @param kind the default is {@link SshHostKey#ED25519}
     * @return this
     */
    public Builder hostKey(SshHostKey kind) {
      hostKey = Objects.requireNonNull(kind, "kind");
      return this;
    }

    /**
     * Gives the host a certificate for its key beside the key itself: for its address as the
     * principal, valid for a day.
     *
     * @param ca signs it
     * @return this
     */
    public Builder hostCa(KeyPair ca) {
      hostCa = Optional.of(Ed25519.adopted(ca));
      return this;
    }

    /**
     * Listens on ::1 instead of 127.0.0.1.
     *
     * @return this
     */
    public Builder ipv6() {
      address = loopback("::1");
      return this;
    }

    /**
     * Puts a real PowerShell behind the host: a command line that begins with {@code
     * powershell.exe} or {@code pwsh}, without a path, starts this one.
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
     * Puts a PowerShell behind the host that runs nothing, and no login shell before it.
     *
     * @param program answers command lines that start PowerShell, whatever its path; other programs
     *     are not found. A script that none of its rules fits ends with exit code 70 and the
     *     failure on standard error
     * @return this
     */
    public Builder powerShell(ScriptedPowerShell program) {
      scripted = Optional.of(program);
      powerShell = Optional.empty();
      return this;
    }

    /**
     * The shell that is given command lines, where the PowerShell is real.
     *
     * @param command the shell and the options before a command line; the default is {@code sh},
     *     {@code -c}; for PowerShell {@code pwsh}, {@code -c}, for Windows {@code cmd.exe}, {@code
     *     /c}
     * @return this
     */
    public Builder loginShell(String... command) {
      loginShell = List.of(command);
      return this;
    }

    /**
     * The folder where commands start, and where relative paths begin for SFTP.
     *
     * @param folder in the {@linkplain #sftpRoot root}, if there is one; the default is the working
     *     directory of this process
     * @return this
     */
    public Builder home(Path folder) {
      home = folder.toAbsolutePath().normalize();
      return this;
    }

    /**
     * Lets SFTP show this folder as {@code /}, and makes it the {@link #home}.
     *
     * @param folder the default is the whole file system
     * @return this
     */
    public Builder sftpRoot(Path folder) {
      root = Optional.of(folder.toAbsolutePath().normalize());
      return home(folder);
    }

    /**
     * Lets SFTP look like that of Windows, where {@code C:\x}, {@code C:/x} and {@code /C:/x} are
     * one file: {@code x} in the folder {@code C:} of the root, which may also be called {@code
     * c:}. It is not made if it is not there.
     *
     * @param folder the root
     * @return this
     */
    public Builder windowsSftpRoot(Path folder) {
      windowsPaths = true;
      return sftpRoot(folder);
    }

    /**
     * Offers no SFTP.
     *
     * @return this
     */
    public Builder withoutSftp() {
      sftp = false;
      return this;
    }

    /**
     * Lets users connect to other hosts through this one, which makes it a bastion.
     *
     * @return this
     */
    public Builder allowForwarding() {
      forwarding = true;
      return this;
    }

    /**
     * Makes the host key and listens.
     *
     * @return a host that takes connections
     * @throws UncheckedIOException if there is no port to be had
     */
    public SshHost start() {
      try {
        return new SshHost(this);
      } catch (IOException e) {
        throw new UncheckedIOException("the host could not listen", e);
      }
    }

    CommandShell shell(HostThreads threads) {
      return scripted.isPresent()
          ? new ScriptedShell(scripted.get(), threads)
          : new ProcessShell(Launch.byShell(loginShell, powerShell), home, Map.of(), threads);
    }
  }
}
