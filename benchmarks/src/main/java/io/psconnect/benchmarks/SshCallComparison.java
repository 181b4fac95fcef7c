package io.psconnect.benchmarks;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whole calls on one SSH server, side by side: OpenSSH's {@code ssh} through a connection that it
 * keeps (ControlMaster), with the script as PowerShell's encoded command, and {@code runScript}.
 * {@code benchmarks/ssh-comparison} starts a server for it.
 */
public final class SshCallComparison {
  private final Path folder;
  private final int port;
  private final String user;

  private SshCallComparison(Path folder, int port, String user) {
    this.folder = folder;
    this.port = port;
    this.user = user;
  }

  /**
   * Prints, for each script and way, the median and minimum in milliseconds and their ratios to the
   * first way's.
   *
   * @param args a folder with {@code key} and {@code known_hosts}; the server's port on 127.0.0.1;
   *     the user
   * @throws Exception if a call fails
   */
  public static void main(String[] args) throws Exception {
    new SshCallComparison(Path.of(args[0]), Integer.parseInt(args[1]), args[2]).run();
  }

  private void run() throws Exception {
    Path control = folder.resolve("control");
    SideBySide.process(ssh(control, "-M", "-N", "-f"));
    try (Connection connection = Connections.open(options(0));
        Connection standby = Connections.open(options(1))) {
      Map<String, SideBySide.Call> ways = new LinkedHashMap<>();
      ways.put("ssh, ControlMaster", script -> SideBySide.process(command(control, script)));
      ways.put("runScript", connection::runScript);
      ways.put("runScript, standby", standby::runScript);
      new SideBySide(ways).run();
    } finally {
      SideBySide.process(ssh(control, "-O", "exit"));
      Files.deleteIfExists(control);
    }
  }

  private String[] command(Path control, String script) {
    return ssh(
        control,
        "pwsh -NoLogo -NoProfile -NonInteractive -EncodedCommand " + SideBySide.encoded(script));
  }

  /** The user and host stand first, then options, then a command. */
  private String[] ssh(Path control, String... last) {
    List<String> words = new ArrayList<>(List.of("ssh", user + "@127.0.0.1"));
    words.addAll(List.of("-F", "none", "-S", control.toString(), "-p", Integer.toString(port)));
    words.addAll(List.of("-i", folder.resolve("key").toString()));
    words.addAll(List.of("-o", "UserKnownHostsFile=" + folder.resolve("known_hosts")));
    words.addAll(List.of(last));
    return words.toArray(String[]::new);
  }

  private SshOptions options(int standby) {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .username(user)
        .privateKeyPath(folder.resolve("key"))
        .noAgent()
        .knownHosts(folder.resolve("known_hosts"))
        .powerShell("pwsh")
        .standby(standby)
        .commandTimeout(Duration.ofMinutes(1))
        .build();
  }
}
