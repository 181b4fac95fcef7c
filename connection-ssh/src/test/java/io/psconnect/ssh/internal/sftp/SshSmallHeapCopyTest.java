package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ssh.ChildJvm;
import io.psconnect.ssh.OnRealSshd;
import io.psconnect.ssh.RealSshd;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * More bytes than the heap holds, through a Java machine with a heap of 64 MB. The property {@code
 * psconnect.copy.bytes} makes them more: 2147483648 is what was promised once.
 */
@OnRealSshd
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SshSmallHeapCopyTest {
  private static final long BYTES = Long.getLong("psconnect.copy.bytes", 300_000_000);

  @Test
  void fileOverTheHeapIsCopiedInConstantMemory() throws Exception {
    try (RealSshd sshd = RealSshd.start()) {
      Path source = sshd.folder().resolve("source");
      try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
        file.setLength(BYTES);
      }
      Path target = sshd.home().resolve("target");
      ChildJvm small = new ChildJvm("-Xmx64m");
      assertEquals("copied", small.output(SmallHeapCopy.class, sshd, source, target));
      assertEquals(BYTES, Files.size(target));
    }
  }
}
