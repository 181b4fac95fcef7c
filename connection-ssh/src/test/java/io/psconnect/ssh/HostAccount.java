package io.psconnect.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * Who can log in to a server. Root gives it a user of its own, with any login shell and a password,
 * in a mount namespace where other files lie over /etc/passwd, /etc/shadow and /etc/pam.d/sshd.
 * Anybody else can log in as himself only.
 */
final class HostAccount {
  private static final String OWN_USER = "psconnect";
  private static final String MOUNT =
      """
      mount --bind passwd /etc/passwd
      mount --bind shadow /etc/shadow
      if [ -e /etc/pam.d/sshd ]; then mount --bind pam /etc/pam.d/sshd; fi
      mount -t tmpfs -o mode=755 tmpfs /run
      mkdir /run/sshd
      exec "$@"
      """;

  private final String name;
  private final Path home;
  private final boolean own;

  private HostAccount(String name, Path home, boolean own) {
    this.name = name;
    this.home = home;
    this.own = own;
  }

  static HostAccount in(Path folder, String shell, String password) throws IOException {
    if (mayMount()) {
      Path home = Files.createDirectory(folder.resolve("home"));
      writeAccounts(folder, home, shell == null ? "sh" : shell, password);
      return new HostAccount(OWN_USER, home, true);
    }
    if (shell != null || password != null) {
      throw impossible("a user with another login shell, or with a password, needs root's rights");
    }
    return new HostAccount(
        System.getProperty("user.name"), Path.of(System.getProperty("user.home")), false);
  }

  /** A skip, or a failure where sshd is required. */
  static RuntimeException impossible(String reason) {
    String required = System.getenv().getOrDefault("PSCONNECT_REQUIRE", "");
    if (Set.of(required.split(",")).contains("sshd")) {
      throw new AssertionError(reason + "; PSCONNECT_REQUIRE demands it");
    }
    return new TestAbortedException(reason);
  }

  private static boolean mayMount() throws IOException {
    try {
      return new ProcessBuilder(
                  "unshare", "--mount", "mount", "--bind", "/etc/passwd", "/etc/passwd")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void writeAccounts(Path folder, Path home, String shell, String password)
      throws IOException {
    String hash = password == null ? "*" : hash(password);
    copyAndAdd("passwd", folder, "%s:x:0:0::%s:%s".formatted(OWN_USER, home, absolute(shell)));
    copyAndAdd("shadow", folder, "%s:%s:19000::::::".formatted(OWN_USER, hash));
    Files.writeString(
        folder.resolve("pam"),
        """
        auth required pam_unix.so
        account required pam_permit.so
        session required pam_permit.so
        """);
  }

  private static void copyAndAdd(String name, Path folder, String line) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/etc", name)));
    lines.add(line);
    Files.write(folder.resolve(name), lines);
  }

  private static Path absolute(String shell) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(directory -> Path.of(directory).resolve(shell))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> impossible("there is no login shell %s on PATH".formatted(shell)));
  }

  /** As crypt(3) of Perl does it, which every Debian has; the password goes by standard input. */
  private static String hash(String password) throws IOException {
    Process perl =
        new ProcessBuilder("perl", "-e", "print crypt(<STDIN>, '$6$psconnect$')").start();
    perl.getOutputStream().write(password.getBytes(StandardCharsets.UTF_8));
    perl.getOutputStream().close();
    return new String(perl.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  String name() {
    return name;
  }

  Path home() {
    return home;
  }

  /** How to start a program, in the server's folder, that knows this user. */
  List<String> command(Object... program) {
    List<String> plain = Stream.of(program).map(Object::toString).toList();
    List<String> namespace = List.of("unshare", "--mount", "sh", "-euc", MOUNT, "sh");
    return Stream.of(Optional.of(namespace).filter(any -> own).orElse(List.of()), plain)
        .flatMap(List::stream)
        .toList();
  }
}
