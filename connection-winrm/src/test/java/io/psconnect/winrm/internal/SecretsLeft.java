package io.psconnect.winrm.internal;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Run by {@link SecretsLeftTest} in a Java machine of its own, which collects no garbage. */
final class SecretsLeft {
  /** In a dump each character of a char[] has two bytes, and of a string's constant one. */
  private static final String SECRET = "Sentinel-5d0c";

  private SecretsLeft() {}

  /** Arguments: a folder, and ways to log in. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    for (int i = 1; i < args.length; i++) {
      use(options(WinRmAuth.valueOf(args[i])));
    }
    System.out.println(copiesIn(dumped(folder.resolve("heap.hprof"))));
  }

  private static WinRmOptions options(WinRmAuth auth) {
    char[] secret = SECRET.toCharArray();
    WinRmOptions.Builder options = WinRmOptions.builder().host("127.0.0.1").port(1).auth(auth);
    if (auth == WinRmAuth.CERTIFICATE) {
      options.clientCertificate(Path.of("none")).clientKey(Path.of("none")).passphrase(secret);
    } else {
      options.username("admin").password(secret);
    }
    Arrays.fill(secret, 'x');
    return options.build();
  }

  /** Nobody listens at port 1. */
  private static void use(WinRmOptions options) throws InterruptedException {
    try (Connection connection = Connections.of(options)) {
      connection.open();
    } catch (ConnectionException e) {
      System.err.println(e.getMessage());
    } finally {
      options.destroy();
    }
  }

  private static Path dumped(Path file) throws Exception {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(ProcessHandle.current().pid()),
                "GC.heap_dump",
                "-all",
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    jcmd.waitFor();
    return file;
  }

  private static int copiesIn(Path dump) throws Exception {
    String all = Files.readString(dump, StandardCharsets.ISO_8859_1);
    String wide =
        new String(SECRET.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1);
    int copies = 0;
    for (int at = all.indexOf(wide); at >= 0; at = all.indexOf(wide, at + 1)) {
      copies++;
    }
    return copies;
  }
}
