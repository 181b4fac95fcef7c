package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.powershell.PowerShellLiteral;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows paths, written by the Windows build of PowerShell under Wine: no path of ours reaches
 * them.
 */
@RequiresProgram({"wine", "powershell.exe"})
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WineFilesTest {
  private static final String FOLDER = "C:\\psconnect-" + UUID.randomUUID();
  private static Connection connection;

  @TempDir static Path local;

  @BeforeAll
  static void open() throws Exception {
    connection = Connections.open(LocalOptions.builder().powerShell("powershell.exe").build());
    connection.healthcheck(); // Wine's server starts with the first call, and not well with two.
  }

  @AfterAll
  static void removeFolderAndClose() throws Exception {
    connection.runScript("[IO.Directory]::Delete('%s',$true)".formatted(FOLDER));
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.bin",
        "with spaces and (brackets) [x].bin",
        "it's \u2018five\u2019 \u201Akinds\u201B.bin",
        "Umlaute äöüß.bin",
        "漢字\\日本語.bin",
        "$home `backtick` %PATH% & ^.bin",
        "deep\\er\\and\\deeper\\file.bin"
      })
  void fileArrivesUnderAnyNameThatWindowsAllows(String name) throws Exception {
    byte[] bytes = randomBytes(100_000);
    String target = FOLDER + "\\" + UUID.randomUUID() + "\\" + name;
    connection.streamFile(source(bytes), target);
    assertEquals(Recording.sha256(bytes), sha256OnHost(target));
    assertEquals(List.of(target.substring(target.lastIndexOf('\\') + 1)), filesBeside(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:/psconnect-forward/x.bin", "/C:/psconnect-forward/x.bin"})
  void slashesAreTakenToo(String target) throws Exception {
    byte[] bytes = randomBytes(10);
    connection.streamFile(source(bytes), target);
    assertEquals(Recording.sha256(bytes), sha256OnHost("C:\\psconnect-forward\\x.bin"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 8_000_000})
  void sizesArriveAndReplaceWhatWasThere(int size) throws Exception {
    String target = FOLDER + "\\sizes\\size.bin";
    byte[] bytes = randomBytes(size);
    List<Long> progress = new ArrayList<>();
    connection.streamFile(
        FileCopy.of(source(bytes), target).withListener((done, total) -> progress.add(done)));
    assertEquals(Recording.sha256(bytes), sha256OnHost(target));
    assertEquals(progress.stream().sorted().toList(), progress);
    assertEquals(size, progress.get(progress.size() - 1));
  }

  @Test
  void driveThatIsNotThereIsAFileCopyException() throws Exception {
    Path source = source(randomBytes(10));
    FileCopyException e =
        assertThrows(
            FileCopyException.class, () -> connection.streamFile(source, "Q:\\folder\\x.bin"));
    assertTrue(e.getMessage().contains("Q:\\folder\\x.bin could not be written"), e.getMessage());
  }

  @Test
  void failedCopyLeavesTheTargetAndNothingElse() throws Exception {
    String target = FOLDER + "\\kept\\x.bin";
    byte[] before = randomBytes(10);
    connection.streamFile(source(before), target);
    Path source = source(randomBytes(3_000_000));
    FileCopy broken =
        FileCopy.of(source, target)
            .withListener(
                (done, total) -> {
                  if (done > 1_000_000) {
                    throw new IllegalStateException("enough");
                  }
                });
    assertThrows(IllegalStateException.class, () -> connection.streamFile(broken));
    assertEquals(Recording.sha256(before), sha256OnHost(target));
    assertEquals(List.of("x.bin"), filesBeside(target));
  }

  private static Path source(byte[] bytes) throws Exception {
    return Files.write(local.resolve("source"), bytes);
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String sha256OnHost(String path) throws Exception {
    return connection
        .runScript(
            "$s=[IO.File]::OpenRead(%s);[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($s)).Replace('-','').ToLower()"
                .formatted(PowerShellLiteral.quote(path)))
        .stdout()
        .strip();
  }

  private static List<String> filesBeside(String path) throws Exception {
    String folder = path.substring(0, path.lastIndexOf('\\'));
    return connection
        .runScript(
            "[IO.Directory]::GetFiles(%s)|ForEach-Object{[IO.Path]::GetFileName($_)}"
                .formatted(PowerShellLiteral.quote(folder)))
        .stdout()
        .lines()
        .toList();
  }
}
