package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.TransferListener;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.Waiting;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshFault;
import io.psconnect.testkit.ssh.SshFault.FileError;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies to a host that does what goes wrong, with a real PowerShell behind it. */
@RequiresProgram("pwsh")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SshCopyTest {
  @TempDir private Path temporary;
  private CopyFolder folder;
  private SshHost host;
  private Connection connection;

  @BeforeEach
  void makeFiles() throws Exception {
    folder = new CopyFolder(temporary);
  }

  @AfterEach
  void nothingIsLeft() {
    host.heal();
    Waiting.until("channels are closed: " + host, () -> host.openChannels() == 0);
    Waiting.until("processes end: " + host, () -> host.openProcesses() == 0);
    connection.close();
    host.close();
  }

  private void connect() throws Exception {
    connect(SshHost.builder(), 4);
  }

  private void connect(SshHost.Builder builder, int maxSessions) throws Exception {
    host = builder.user(SshUser.named("admin").withPassword("secret")).start();
    connection =
        Connections.of(
            SshOptions.builder()
                .host("127.0.0.1")
                .port(host.port())
                .username("admin")
                .password("secret".toCharArray())
                .noAgent()
                .knownHosts(host.writeKnownHosts(temporary.resolve("known_hosts")))
                .powerShell("pwsh")
                .maxSessions(maxSessions)
                .build());
    connection.open();
  }

  private void copy(FileCopy copy) throws Exception {
    connection.streamFile(copy);
    folder.assertReplaced();
  }

  /** One PowerShell, with SFTP beside it. */
  @Test
  void fileGoesBySftp() throws Exception {
    connect();
    copy(folder.copy());
    assertEquals(1, host.commands().size(), "commands");
  }

  @Test
  void progressNeverGoesBackAndEndsWithAll() throws Exception {
    connect();
    List<Long> seen = new ArrayList<>();
    copy(folder.copy().withListener((transferred, total) -> seen.add(transferred)));
    assertEquals(seen.stream().sorted().distinct().toList(), seen);
    assertEquals(CopyFolder.SIZE, seen.get(seen.size() - 1));
    assertTrue(seen.size() > 10, () -> "only %d calls".formatted(seen.size()));
  }

  @Test
  void withoutSftpTheFileGoesThroughPowerShell() throws Exception {
    connect(SshHost.builder().withoutSftp(), 4);
    copyTwiceThroughPowerShell();
  }

  /**
   * Known from the first file on, so that the second needs no more than one PowerShell. The first
   * needs two; and a third, to end the one beside SFTP, where that takes seconds to come up.
   */
  private void copyTwiceThroughPowerShell() throws Exception {
    copy(folder.copy());
    int first = host.commands().size();
    assertTrue(first == 2 || first == 3, () -> first + " commands for the first file");
    copy(folder.copy());
    assertEquals(first + 1, host.commands().size(), "commands for both files");
  }

  @Test
  void sftpThatShowsOtherFilesIsNotUsed() throws Exception {
    Path root = Files.createDirectory(temporary.resolve("root"));
    connect(SshHost.builder().sftpRoot(root), 4);
    copyTwiceThroughPowerShell();
    assertEquals(0, root.toFile().list().length, "files in the folder that SFTP shows");
  }

  /** There it makes a file, which nobody else would remove. */
  @Test
  void otherFilesOfSftpAreLeftAsTheyWere() throws Exception {
    Path root = Files.createDirectory(temporary.resolve("root"));
    Path same = Path.of(root.toString(), folder.target().getParent().toString());
    Files.createDirectories(same);
    connect(SshHost.builder().sftpRoot(root), 4);
    copyTwiceThroughPowerShell();
    assertEquals(0, same.toFile().list().length, "files in the folder that SFTP shows");
  }

  @Test
  void missingFoldersAreMade() throws Exception {
    connect();
    Path target = temporary.resolve("new/and new/a.bin");
    connection.streamFile(FileCopy.of(folder.source(), target.toString()));
    assertEquals(-1, Files.mismatch(folder.source(), target));
    assertEquals(1, target.getParent().toFile().list().length, "entries in the folder");
    assertEquals(1, host.commands().size(), "commands");
  }

  /** Found out by PowerShell, when SFTP has already begun. */
  @Test
  void folderIsNoTarget() throws Exception {
    connect();
    Path taken = Files.createDirectory(folder.target().resolveSibling("taken"));
    FileCopy copy = FileCopy.of(folder.source(), taken.toString());
    FileCopyException failure =
        assertThrows(FileCopyException.class, () -> connection.streamFile(copy));
    assertTrue(failure.getMessage().contains(taken + " is a directory"), failure::getMessage);
    Files.delete(taken);
    folder.assertUntouched();
  }

  @Test
  void oneSessionIsEnough() throws Exception {
    connect(SshHost.builder(), 1);
    copy(folder.copy());
  }

  @Test
  void hostThatAllowsOneSessionIsEnough() throws Exception {
    connect();
    host.inject(SshFault.maxSessions(1));
    copy(folder.copy());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void copiesAtOnceDoNotWaitForEachOtherForEver(int maxSessions) throws Exception {
    connect(SshHost.builder(), maxSessions);
    List<CompletableFuture<Void>> copies = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      copies.add(CompletableFuture.runAsync(this::copyUnchecked, task -> new Thread(task).start()));
    }
    copies.forEach(CompletableFuture::join);
    folder.assertReplaced();
  }

  private void copyUnchecked() {
    try {
      connection.streamFile(folder.copy());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorOfTheServerIsTold(FileError error) throws Exception {
    connect();
    host.inject(SshFault.sftpFailsAfter(2_000_000, error));
    FileCopyException failure =
        assertThrows(FileCopyException.class, () -> connection.streamFile(folder.copy()));
    assertTrue(
        failure.getMessage().contains(folder.target() + " could not be written on the host: "),
        failure::getMessage);
    String status = error == FileError.PERMISSION_DENIED ? "(SFTP status 3)" : "(SFTP status 4)";
    assertTrue(failure.getMessage().contains(status), failure::getMessage);
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertEquals(Phase.COPY, failure.origin().phase());
    folder.assertUntouched();
  }

  @Test
  void fileOfTheServersThatFailsDoesNotHurtTheNext() throws Exception {
    connect();
    host.inject(SshFault.sftpFailsAfter(100_000, FileError.DISK_FULL));
    assertThrows(FileCopyException.class, () -> connection.streamFile(folder.copy()));
    host.heal();
    copy(folder.copy());
  }

  @Test
  void sessionThatIsCutLeavesTheTargetAsItWas() throws Exception {
    connect();
    host.inject(SshFault.cutAfterBytesFromClient(3_000_000));
    SessionDroppedException failure =
        assertThrows(SessionDroppedException.class, () -> connection.streamFile(folder.copy()));
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertTrue(
        failure.getMessage().contains(folder.target() + " is as it was, and a file ."),
        failure::getMessage);
    assertTrue(failure.getMessage().endsWith(".part may have been left beside it"));
    folder.awaitUntouched();
    host.heal();
    copy(folder.copy());
  }

  @Test
  void sessionThatIsCutWhenAllIsThereMayHaveReplacedTheTarget() throws Exception {
    connect();
    host.inject(SshFault.noExitStatus());
    SessionDroppedException failure =
        assertThrows(SessionDroppedException.class, () -> connection.streamFile(folder.copy()));
    assertEquals(ScriptState.MAY_HAVE_RUN, failure.scriptState());
    assertTrue(
        failure.getMessage().contains(folder.target() + " is as it was, or the new file"),
        failure::getMessage);
    folder.assertReplaced();
  }

  @Test
  void listenerThatThrowsEndsTheCopy() throws Exception {
    connect();
    TransferListener listener =
        (transferred, total) -> {
          throw new UnsupportedOperationException("seen enough");
        };
    UnsupportedOperationException failure =
        assertThrows(
            UnsupportedOperationException.class,
            () -> connection.streamFile(folder.copy().withListener(listener)));
    assertEquals("seen enough", failure.getMessage());
    folder.assertUntouched();
  }

  @Test
  void interruptionEndsTheCopy() throws Exception {
    connect();
    FileCopy copy =
        folder.copy().withListener((transferred, total) -> Thread.currentThread().interrupt());
    InterruptedException failure =
        assertThrows(InterruptedException.class, () -> connection.streamFile(copy));
    assertTrue(
        failure.getMessage().contains("interrupted; " + folder.target() + " is as it was"),
        failure::getMessage);
    folder.assertUntouched();
  }

  @Test
  void hostThatFallsSilentOnTheWayMeetsTheDeadline() throws Exception {
    connect();
    FileCopy copy =
        folder
            .copy()
            .withTimeout(Duration.ofSeconds(3))
            .withListener((transferred, total) -> host.inject(SshFault.silence()));
    ConnectionTimeoutException failure =
        assertThrows(ConnectionTimeoutException.class, () -> connection.streamFile(copy));
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertEquals(Termination.UNCONFIRMED, failure.termination());
    assertTrue(
        failure.getMessage().contains(" was not copied within 3 s and is as it was"),
        failure::getMessage);
    host.cutConnections();
    folder.awaitUntouched();
  }

  @Test
  void sourceThatVanishesIsAnErrorOfItsOwn() throws Exception {
    connect();
    FileCopy copy = folder.copy();
    Files.delete(folder.source());
    Files.createDirectory(folder.source());
    assertThrows(Exception.class, () -> connection.streamFile(copy));
    folder.assertUntouched();
  }
}
