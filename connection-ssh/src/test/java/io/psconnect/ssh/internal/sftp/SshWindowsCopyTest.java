package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.ssh.SshOptions;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows paths, with the Windows build of PowerShell under Wine behind the host. */
@RequiresProgram({"powershell.exe", "wine"})
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SshWindowsCopyTest {
  private static final String FOLDER = "users\\Public\\psconnect sftp '\u65e5";

  @TempDir private Path temporary;

  /** SFTP that knows drives, as on Windows. */
  @ParameterizedTest
  @ValueSource(strings = {"C:\\", "C:/", "/C:/"})
  void everyFormOfAPathLeadsToTheSameFileBySftp(String drive) throws Exception {
    Path root = Files.createDirectory(temporary.resolve("root"));
    Path link = Files.createSymbolicLink(root.resolve("C:"), winePrefix().resolve("drive_c"));
    try {
      assertEquals(1, copied(SshHost.builder().windowsSftpRoot(root), form(drive)), "commands");
    } finally {
      // JUnit warns of links that lead out of its folder.
      Files.delete(link);
    }
  }

  /** SFTP that does not; the file then goes through a PowerShell more, or two: see SshCopyTest. */
  @ParameterizedTest
  @ValueSource(strings = {"C:\\", "C:/", "/C:/"})
  void everyFormOfAPathLeadsToTheSameFileWithoutDrives(String drive) throws Exception {
    assertTrue(copied(SshHost.builder(), form(drive)) > 1, "more commands than SFTP needs");
  }

  private static String form(String drive) {
    String path = FOLDER + "\\a.bin";
    return drive + (drive.endsWith("/") ? path.replace('\\', '/') : path);
  }

  /** Returns how many commands it took. */
  private int copied(SshHost.Builder builder, String target) throws Exception {
    Path source = Files.write(temporary.resolve("source"), CopyFolder.content());
    Path folder = winePrefix().resolve("drive_c").resolve(FOLDER.replace('\\', '/'));
    SshUser user = SshUser.named("admin").withPassword("secret");
    try (SshHost host = builder.user(user).start();
        Connection connection = Connections.of(options(host))) {
      connection.open();
      connection.streamFile(FileCopy.of(source, target));
      assertEquals(-1, Files.mismatch(source, folder.resolve("a.bin")));
      assertEquals(1, folder.toFile().list().length, "entries in the folder");
      return host.commands().size();
    } finally {
      Files.deleteIfExists(folder.resolve("a.bin"));
      Files.deleteIfExists(folder);
    }
  }

  private SshOptions options(SshHost host) {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(host.port())
        .username("admin")
        .password("secret".toCharArray())
        .noAgent()
        .knownHosts(host.writeKnownHosts(temporary.resolve("known_hosts")))
        .build();
  }

  /** Where the script powershell.exe has its drives. */
  private static Path winePrefix() throws Exception {
    Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Map<String, String> environment = System.getenv();
    return Path.of(
        environment.getOrDefault(
            "PSCONNECT_WINEPREFIX",
            environment.getOrDefault("TMPDIR", "/tmp") + "/psconnect-wine-" + user));
  }
}
