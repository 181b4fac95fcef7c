package io.psconnect.testkit.winrm;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A realm of MIT Kerberos with a KDC of its own on a free port of the loopback interface. */
final class MitRealm implements AutoCloseable {
  static final String NAME = "TEST.PSCONNECT";

  private final Path folder;
  private final int port;
  private Process kdc;

  private MitRealm(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static MitRealm start(Path folder) throws IOException, InterruptedException {
    MitRealm realm = new MitRealm(folder, freePort());
    realm.writeConfiguration();
    realm.run("", "kdb5_util", "create", "-s", "-P", "master of the realm", "-r", NAME);
    realm.startKdc();
    return realm;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(
        configuration(),
        """
        [libdefaults]
          default_realm = %1$s
          dns_lookup_kdc = false
          dns_lookup_realm = false
          dns_canonicalize_hostname = false
          rdns = false
          udp_preference_limit = 1
        [realms]
          %1$s = {
            kdc = 127.0.0.1:%2$d
            kdc_listen = 127.0.0.1:%2$d
            kdc_tcp_listen = 127.0.0.1:%2$d
            key_stash_file = %3$s/stash
            acl_file = %3$s/acl
            database_module = files
          }
        [dbmodules]
          files = {
            db_library = db2
            database_name = %3$s/principals
          }
        [logging]
          kdc = FILE:%3$s/kdc.log
        """
            .formatted(NAME, port, folder));
  }

  private void startKdc() throws IOException {
    kdc = builder("krb5kdc", "-n").redirectErrorStream(true).start();
    BufferedReader output = kdc.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.contains("starting")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("krb5kdc ended before it had started");
    }
  }

  Path configuration() {
    return folder.resolve("krb5.conf");
  }

  void addUser(String name, String password) throws IOException, InterruptedException {
    run("", "kadmin.local", "addprinc", "-pw", password, name);
  }

  /** A service with random keys of these types, for instance {@code aes256-cts:normal}. */
  Path addService(String name, String keyTypes) throws IOException, InterruptedException {
    Path keytab = folder.resolve(name.replace('/', '-') + ".keytab");
    run("", "kadmin.local", "addprinc", "-e", keyTypes, "-randkey", name);
    run("", "kadmin.local", "ktadd", "-k", keytab.toString(), "-norandkey", name);
    return keytab;
  }

  void logIn(String name, String password) throws IOException, InterruptedException {
    run(password + "\n", "kinit", name);
  }

  /** What a client needs that logs in as whoever did so last. */
  Map<String, String> environment() {
    return Map.of(
        "KRB5_CONFIG", configuration().toString(),
        "KRB5_KDC_PROFILE", configuration().toString(),
        "KRB5CCNAME", "FILE:" + folder.resolve("tickets"));
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment());
    return builder;
  }

  private void run(String input, String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        builder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(command[0] + " says: " + Files.readString(output));
    }
  }

  @Override
  public void close() {
    kdc.destroy();
    try {
      kdc.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kdc.destroyForcibly();
  }
}
