package io.psconnect.benchmarks;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whole calls on one {@code WinRmHost} over a line of 50 ms, side by side: this library, Debian's
 * {@code python3-winrm}, and Overthere. {@code benchmarks/winrm-comparison} prepares the peers.
 */
public final class WinRmComparison {
  private static final Duration ONE_WAY = Duration.ofMillis(25);
  private static final String USER = "admin";
  private static final String PASSWORD = "only-for-this-benchmark";
  private static final int COUNTED_CALLS = 10;

  private final Path peers;
  private final WinRmHost host;
  private final DelayProxy line;

  private WinRmComparison(Path peers, WinRmHost host, DelayProxy line) {
    this.peers = peers;
    this.host = host;
    this.line = line;
  }

  /**
   * Prints, for each way, what a warm call costs in time, requests and TCP connections; then the
   * time of an upload of 64 MiB.
   *
   * @param args PowerShell's path; a folder with {@code calls.py}, {@code OverthereCalls.java} and
   *     Overthere's jars in {@code lib}
   * @throws Exception if a call fails
   */
  public static void main(String[] args) throws Exception {
    try (WinRmHost host =
            WinRmHost.builder()
                .user(USER, PASSWORD)
                .basic()
                .ntlm()
                .allowUnencrypted()
                .powerShell(Path.of(args[0]))
                .start();
        DelayProxy line = new DelayProxy(host.port(), ONE_WAY)) {
      new WinRmComparison(Path.of(args[1]), host, line).run();
    }
  }

  private void run() throws Exception {
    try (Connection basic = open(WinRmAuth.BASIC, 0);
        Connection ntlm = open(WinRmAuth.NTLM, 0);
        Connection standby = open(WinRmAuth.NTLM, 1);
        LinePeer session = python("ntlm", "session");
        LinePeer kept = python("ntlm", "kept");
        LinePeer overthere = overthere()) {
      Map<String, SideBySide.Call> ways = new LinkedHashMap<>();
      ways.put("runScript, NTLM", ntlm::runScript);
      ways.put("runScript, Basic", basic::runScript);
      ways.put("runScript, standby, NTLM", standby::runScript);
      ways.put("pywinrm, NTLM", session::run);
      ways.put("pywinrm, kept shell", kept::run);
      ways.put("Overthere, Basic", overthere::run);
      count(ways);
      new SideBySide(ways).run();
      upload("NTLM", ntlm);
      upload("Basic", basic);
    }
  }

  private void count(Map<String, SideBySide.Call> ways) throws Exception {
    for (Map.Entry<String, SideBySide.Call> way : ways.entrySet()) {
      way.getValue().run("exit 0");
      int operations = host.operations().size();
      int connections = line.connections();
      for (int i = 0; i < COUNTED_CALLS; i++) {
        way.getValue().run("exit 0");
      }
      System.out.printf(
          "  %-26s %.1f WS-Management operations and %.1f new TCP connections a call%n",
          way.getKey(),
          (host.operations().size() - operations) / (double) COUNTED_CALLS,
          (line.connections() - connections) / (double) COUNTED_CALLS);
    }
  }

  private static void upload(String name, Connection connection) throws Exception {
    Path source = Files.createTempFile("psconnect-upload", ".bin");
    Path target = source.resolveSibling(source.getFileName() + ".copy");
    try {
      byte[] random = new byte[64 << 20];
      new Random(1).nextBytes(random);
      Files.write(source, random);
      long start = System.nanoTime();
      connection.streamFile(FileCopy.of(source, target.toString()));
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf("  64 MiB, %s: %.2f s, %.1f MiB/s%n", name, seconds, 64 / seconds);
    } finally {
      Files.deleteIfExists(source);
      Files.deleteIfExists(target);
    }
  }

  private Connection open(WinRmAuth auth, int standby) throws Exception {
    WinRmOptions.Builder options =
        WinRmOptions.builder()
            .host("127.0.0.1")
            .port(line.port())
            .https(false)
            .auth(auth)
            .username(USER)
            .password(PASSWORD.toCharArray())
            .standby(standby);
    if (auth == WinRmAuth.BASIC) {
      options.allowUnencrypted();
    }
    return Connections.open(options.build());
  }

  private LinePeer python(String transport, String way) throws Exception {
    return peer("/usr/bin/python3", peers.resolve("calls.py"), USER, transport, way);
  }

  private LinePeer overthere() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-cp", peers.resolve("lib") + "/*"));
    command.addAll(
        List.of(peers.resolve("OverthereCalls.java").toString(), "" + line.port(), USER));
    return new LinePeer(PASSWORD, command);
  }

  private LinePeer peer(String program, Path script, String... last) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(program, script.toString(), Integer.toString(line.port())));
    command.addAll(List.of(last));
    return new LinePeer(PASSWORD, command);
  }
}
