package io.psconnect.winrm.internal.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.internal.peers.ChildJvm;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * More bytes than the heap holds, through a Java machine with a heap of 64 MB, by the default login
 * over HTTPS. They are random: others would be deflated, and hardly be sent. The property {@code
 * psconnect.copy.bytes} makes them more: 2147483648 is what was promised once.
 */
@RequiresProgram("pwsh")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WinRmSmallHeapCopyTest {
  private static final long BYTES = Long.getLong("psconnect.copy.bytes", 100_000_000);
  private static final String USER = "admin";
  private static final String PASSWORD = "secret";

  @TempDir Path folder;

  @Test
  void fileOverTheHeapIsCopiedInConstantMemory() throws Exception {
    Path source = random(folder.resolve("source"));
    Path target = folder.resolve("target");
    try (WinRmHost host =
        WinRmHost.builder().https().ntlm().user(USER, PASSWORD).home(folder).start()) {
      assertEquals("copied", copied(host, source, target));
    }
    assertEquals(-1, Files.mismatch(source, target));
  }

  private static Path random(Path file) throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[1 << 16];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long left = BYTES; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return file;
  }

  private static String copied(WinRmHost host, Path source, Path target) throws Exception {
    return new ChildJvm(Redirect.INHERIT, "-Xmx64m")
        .output(
            SmallHeapCopy.class, host.port(), host.fingerprint(), USER, PASSWORD, source, target);
  }
}
