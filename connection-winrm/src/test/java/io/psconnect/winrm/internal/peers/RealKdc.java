package io.psconnect.winrm.internal.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * MIT's KDC on a loopback port, with a database and a configuration of its own in a temporary
 * folder. Needs {@code krb5kdc}, {@code kdb5_util}, {@code kadmin.local} and {@code kinit}.
 */
public final class RealKdc implements AutoCloseable {
  private static final String REALM = "PSCONNECT.TEST";
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final Map<String, String> clock;
  private final Map<String, String> passwords = new HashMap<>();
  private Process process;
  private int files;

  private RealKdc(Path folder, Map<String, String> clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * The one KDC of this JVM, which ends with it: the JDK knows one Kerberos configuration at a
   * time.
   */
  public static RealKdc shared() {
    return Shared.KDC;
  }

  /** Starts a KDC with an empty database. */
  public static RealKdc start() throws IOException {
    return start(Map.of());
  }

  /** The same with a clock that is ahead of ours, or behind. Needs {@code faketime} too. */
  public static RealKdc ahead(Duration by) throws IOException {
    return start(FakeTime.ahead(by));
  }

  private static RealKdc start(Map<String, String> clock) throws IOException {
    RealKdc kdc = new RealKdc(Files.createTempDirectory("psconnect-kdc"), clock);
    try {
      kdc.configure(0);
      kdc.run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master");
      kdc.listen();
      return kdc;
    } catch (IOException | RuntimeException e) {
      kdc.close();
      throw e;
    }
  }

  /** The configuration by which the KDC is found. */
  public Path krb5Conf() {
    return folder.resolve("krb5.conf");
  }

  /** The realm. */
  public String realm() {
    return REALM;
  }

  /** What MIT's programs need in their environment, to talk to this KDC. */
  public Map<String, String> environment() {
    return Map.of(
        "KRB5_CONFIG",
        krb5Conf().toString(),
        "KRB5_KDC_PROFILE",
        folder.resolve("kdc.conf").toString(),
        "KRB5RCACHENAME",
        "none:",
        "LC_ALL",
        "C.UTF-8");
  }

  /**
   * Adds a user who has to prove the password before a ticket is made, as in Active Directory. One
   * who is there already, with this password, stays.
   */
  public void addUser(String name, String password) throws IOException {
    String user = inRealm(name);
    if (password.equals(passwords.get(user))) {
      return;
    }
    run("kadmin.local", "-r", REALM, "addprinc", "+requires_preauth", "-pw", password, user);
    passwords.put(user, password);
  }

  /** A new keytab with the keys of a principal, which is added with a random key if it is new. */
  public Path keytab(String principal) throws IOException {
    return keytab(principal, "aes256-sha1");
  }

  /** The same for a principal whose keys, if it is new, are for one cipher. */
  public Path keytab(String name, String cipher) throws IOException {
    String principal = inRealm(name);
    if (!passwords.containsKey(principal)) {
      String keys = cipher + ":normal";
      run("kadmin.local", "-r", REALM, "addprinc", "-randkey", "-e", keys, principal);
      run("kadmin.local", "-r", REALM, "setstr", principal, "session_enctypes", cipher);
      passwords.put(principal, "");
    }
    Path file = next("keytab");
    run("kadmin.local", "-r", REALM, "ktadd", "-q", "-norandkey", "-k", file.toString(), principal);
    return file;
  }

  /** A new credential cache of a user's. */
  public Path ccache(String user, String... kinitOptions) throws IOException {
    Path file = next("ccache");
    List<String> command = new ArrayList<>(List.of("kinit", "-c", file.toString()));
    command.addAll(List.of(kinitOptions));
    command.add(inRealm(user));
    run(passwords.get(inRealm(user)) + "\n", command);
    return file;
  }

  /** A principal has one name here, with the realm, however it was written. */
  private static String inRealm(String name) {
    return name.contains("@") ? name : name + "@" + REALM;
  }

  private Path next(String kind) {
    return folder.resolve(kind + ++files);
  }

  private void listen() throws IOException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      configure(freePort());
      ProcessBuilder program = builder(List.of("krb5kdc", "-n", "-r", REALM));
      program.environment().putAll(clock);
      process = program.start();
      if (hasBegun(process.inputReader(StandardCharsets.UTF_8))) {
        return;
      }
    }
    throw new IOException("krb5kdc found no free port in %d attempts".formatted(ATTEMPTS));
  }

  /** Another may have taken the port meanwhile: then the KDC ends. */
  private static boolean hasBegun(BufferedReader log) throws IOException {
    String line = log.readLine();
    while (line != null && !line.contains("commencing operation")) {
      line = log.readLine();
    }
    if (line != null) {
      Thread reader = new Thread(() -> drain(log), "kdc-log");
      reader.setDaemon(true);
      reader.start();
    }
    return line != null;
  }

  private static void drain(BufferedReader log) {
    try (log) {
      log.lines().forEach(line -> {});
    } catch (IOException | UncheckedIOException e) {
      // The KDC has ended.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void configure(int port) throws IOException {
    Files.writeString(krb5Conf(), KRB5_CONF.replace("PORT", Integer.toString(port)));
    Files.writeString(
        folder.resolve("kdc.conf"),
        KDC_CONF.replace("PORT", Integer.toString(port)).replace("FOLDER", folder.toString()));
  }

  private void run(String... command) throws IOException {
    run("", List.of(command));
  }

  private void run(String input, List<String> command) throws IOException {
    Process program = builder(command).start();
    try (OutputStream stdin = program.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (exitCode(program) != 0) {
      throw new IOException("%s failed: %s".formatted(command, output));
    }
  }

  private static int exitCode(Process program) throws IOException {
    try {
      return program.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment());
    return builder;
  }

  /** Ends the KDC and deletes its folder. */
  @Override
  public void close() throws IOException {
    if (process != null) {
      process.destroy(); // asked, not killed: see FakeTime
      exitCode(process);
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class Shared {
    private static final RealKdc KDC = started();

    private static RealKdc started() {
      try {
        RealKdc kdc = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(kdc), "psconnect-kdc-end"));
        return kdc;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void end(RealKdc kdc) {
      try {
        kdc.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** No name service takes part. The KDC of DOWN.TEST does not answer. */
  private static final String KRB5_CONF =
      """
      [libdefaults]
        default_realm = PSCONNECT.TEST
        dns_lookup_kdc = false
        dns_lookup_realm = false
        dns_canonicalize_hostname = false
        rdns = false
        forwardable = true
        kdc_timeout = 5s
        max_retries = 1
      [realms]
        PSCONNECT.TEST = {
          kdc = 127.0.0.1:PORT
        }
        DOWN.TEST = {
          kdc = 127.0.0.1:1
        }
      """;

  private static final String KDC_CONF =
      """
      [kdcdefaults]
        kdc_listen = 127.0.0.1:PORT
        kdc_tcp_listen = 127.0.0.1:PORT
      [realms]
        PSCONNECT.TEST = {
          database_name = FOLDER/principal
          key_stash_file = FOLDER/stash
          acl_file = FOLDER/acl
          supported_enctypes = aes256-cts:normal aes128-cts:normal
        }
      [logging]
        default = STDERR
      """;
}
