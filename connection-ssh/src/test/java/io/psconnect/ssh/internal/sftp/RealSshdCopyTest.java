package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.TransferListener;
import io.psconnect.ssh.OnRealSshd;
import io.psconnect.ssh.RealSshd;
import io.psconnect.ssh.RealSshd.Sftp;
import io.psconnect.ssh.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies to OpenSSH's server. */
@OnRealSshd
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealSshdCopyTest {
  /** Changes what runs through it; what it looks for stands in the file many times. */
  private static final String CORRUPTING_SFTP =
      """
      #!/bin/sh
      perl -e '$|=1; while(sysread(STDIN,$b,65536)){$b=~s/INTACT/BROKEN/g; print $b}' |
        /usr/lib/openssh/sftp-server
      """;

  @ParameterizedTest
  @EnumSource
  void fileArrivesWhateverSftpThereIs(Sftp sftp) throws Exception {
    try (RealSshd sshd = RealSshd.builder().sftp(sftp).start();
        Connection connection = connected(sshd)) {
      CopyFolder folder = new CopyFolder(sshd.home());
      connection.streamFile(folder.copy());
      folder.assertReplaced();
      assertEquals(sftp != Sftp.NONE, sshd.log().contains("subsystem 'sftp'"), sshd::log);
    }
  }

  @Test
  void smallFileIsNotWorthASubsystem() throws Exception {
    try (RealSshd sshd = RealSshd.start();
        Connection connection = connected(sshd)) {
      Path small = Files.write(sshd.folder().resolve("small"), new byte[1000]);
      Path target = sshd.home().resolve("target");
      connection.streamFile(FileCopy.of(small, target.toString()));
      assertEquals(-1, Files.mismatch(small, target));
      assertFalse(sshd.log().contains("subsystem"), sshd::log);
    }
  }

  @Test
  void changedBytesAreSeen(@TempDir Path programs) throws Exception {
    Path program = Files.writeString(programs.resolve("sftp-server"), CORRUPTING_SFTP);
    assertTrue(program.toFile().setExecutable(true));
    try (RealSshd sshd =
            RealSshd.builder().sftp(Sftp.NONE).config("Subsystem sftp " + program).start();
        Connection connection = connected(sshd)) {
      CopyFolder folder = new CopyFolder(sshd.home());
      Files.writeString(folder.source(), "all is INTACT\n".repeat(300_000));
      FileCopyException failure =
          assertThrows(FileCopyException.class, () -> connection.streamFile(folder.copy()));
      assertTrue(
          failure.getMessage().endsWith("its bytes did not arrive whole, 4200000 of 4200000 came"),
          failure::getMessage);
      folder.assertUntouched();
    }
  }

  /** The same program lets everything else pass. */
  @Test
  void unchangedBytesPass(@TempDir Path programs) throws Exception {
    Path program = Files.writeString(programs.resolve("sftp-server"), CORRUPTING_SFTP);
    assertTrue(program.toFile().setExecutable(true));
    try (RealSshd sshd =
            RealSshd.builder().sftp(Sftp.NONE).config("Subsystem sftp " + program).start();
        Connection connection = connected(sshd)) {
      CopyFolder folder = new CopyFolder(sshd.home());
      connection.streamFile(folder.copy());
      folder.assertReplaced();
      assertTrue(sshd.log().contains("subsystem 'sftp'"), sshd::log);
    }
  }

  @Test
  void sessionThatIsKilledLeavesTheTargetAsItWas() throws Exception {
    try (RealSshd sshd = RealSshd.start();
        Connection connection = connected(sshd)) {
      CopyFolder folder = new CopyFolder(sshd.home());
      AtomicBoolean killed = new AtomicBoolean();
      TransferListener killer =
          (transferred, total) -> {
            if (killed.compareAndSet(false, true)) {
              sshd.killSessions();
            }
          };
      SessionDroppedException failure =
          assertThrows(
              SessionDroppedException.class,
              () -> connection.streamFile(folder.copy().withListener(killer)));
      assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
      folder.awaitUntouched();
      Waiting.until("processes end", () -> sshd.userProcesses().isEmpty());
      connection.streamFile(folder.copy());
      folder.assertReplaced();
    }
  }

  private static Connection connected(RealSshd sshd) throws Exception {
    Connection connection = Connections.of(sshd.options().build());
    connection.open();
    return connection;
  }
}
