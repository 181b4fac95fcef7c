package io.psconnect.benchmarks;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.ssh.SshOptions;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One large file to one SSH server, side by side: OpenSSH's {@code scp} and {@code sftp}, as they
 * are and with the cipher that {@code streamFile} prefers, and {@code streamFile}, in a connection
 * that is open and in one that is opened for it, as those of the programs are. {@code
 * benchmarks/ssh-comparison} starts a server for it.
 */
public final class FileComparison {
  private static final long BYTES = Long.getLong("bytes", 1L << 30);
  private static final int ROUNDS = Integer.getInteger("rounds", 7);
  private static final int WARM_UP = 2;
  private static final String CIPHER = "Ciphers=aes128-gcm@openssh.com";

  private final Path folder;
  private final int port;
  private final String user;
  private final Path source;
  private final Path target;

  private FileComparison(Path folder, int port, String user) {
    this.folder = folder;
    this.port = port;
    this.user = user;
    source = folder.resolve("source");
    target = folder.resolve("target");
  }

  private interface Copy {
    void run() throws Exception;
  }

  /**
   * Prints, for each way, the median and minimum in seconds, and the speed at the median.
   *
   * @param args a folder with {@code key} and {@code known_hosts}; the server's port on 127.0.0.1;
   *     the user. The folder has to have room for two files of 1 GiB, or of as many bytes as the
   *     property {@code bytes} says
   * @throws Exception if a copy fails
   */
  public static void main(String[] args) throws Exception {
    new FileComparison(Path.of(args[0]), Integer.parseInt(args[1]), args[2]).run();
  }

  private void run() throws Exception {
    makeSource();
    try (Connection connection = Connections.of(options())) {
      connection.open();
      Map<String, Copy> ways = new LinkedHashMap<>();
      ways.put("scp", () -> scp());
      ways.put("sftp", () -> sftp());
      ways.put("scp, aes128-gcm", () -> scp("-o", CIPHER));
      ways.put("sftp, aes128-gcm", () -> sftp("-o", CIPHER));
      ways.put("streamFile", () -> connection.streamFile(source, target.toString()));
      ways.put("open and streamFile", this::openAndStreamFile);
      print(measure(ways));
    } finally {
      Files.deleteIfExists(source);
      Files.deleteIfExists(target);
    }
  }

  private void makeSource() throws Exception {
    byte[] block = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(source)) {
      for (long left = BYTES; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(block.length, left));
      }
    }
  }

  private void openAndStreamFile() throws Exception {
    try (Connection connection = Connections.of(options())) {
      connection.open();
      connection.streamFile(source, target.toString());
    }
  }

  private void scp(String... options) throws Exception {
    SideBySide.process(command("scp", options, source.toString(), user + "@127.0.0.1:" + target));
  }

  /** A batch file, since it has no other way to name a target. */
  private void sftp(String... options) throws Exception {
    Path batch = folder.resolve("batch");
    Files.writeString(batch, "put %s %s\n".formatted(source, target));
    String[] withBatch =
        Stream.concat(Stream.of(options), Stream.of("-b", batch.toString())).toArray(String[]::new);
    SideBySide.process(command("sftp", withBatch, user + "@127.0.0.1"));
  }

  private String[] command(String program, String[] options, String... last) {
    Stream<String> common =
        Stream.of(
            program,
            "-q",
            "-F",
            "none",
            "-P",
            Integer.toString(port),
            "-i",
            folder.resolve("key").toString(),
            "-o",
            "UserKnownHostsFile=" + folder.resolve("known_hosts"));
    return Stream.of(common, Arrays.stream(options), Arrays.stream(last))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private Map<String, double[]> measure(Map<String, Copy> ways) throws Exception {
    Map<String, double[]> times = new LinkedHashMap<>();
    ways.keySet().forEach(way -> times.put(way, new double[ROUNDS]));
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      for (Map.Entry<String, Copy> way : ways.entrySet()) {
        double seconds = time(way.getValue());
        if (i >= 0) {
          times.get(way.getKey())[i] = seconds;
        }
      }
    }
    return times;
  }

  private double time(Copy copy) throws Exception {
    Files.deleteIfExists(target);
    long start = System.nanoTime();
    copy.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (Files.size(target) != BYTES) {
      throw new IllegalStateException("%d bytes arrived".formatted(Files.size(target)));
    }
    return seconds;
  }

  private static void print(Map<String, double[]> times) {
    times.values().forEach(Arrays::sort);
    times.forEach(
        (way, sorted) ->
            System.out.printf(
                "  %-20s median %5.2f s   minimum %5.2f s   %4.0f MB/s%n",
                way, sorted[ROUNDS / 2], sorted[0], BYTES / sorted[ROUNDS / 2] / 1e6));
  }

  private SshOptions options() {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(port)
        .username(user)
        .privateKeyPath(folder.resolve("key"))
        .noAgent()
        .knownHosts(folder.resolve("known_hosts"))
        .powerShell("pwsh")
        .build();
  }
}
