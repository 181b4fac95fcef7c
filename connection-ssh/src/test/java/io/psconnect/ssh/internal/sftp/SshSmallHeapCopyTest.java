package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.ssh.OnRealSshd;
import io.psconnect.ssh.RealSshd;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
      assertEquals("copied", copied(sshd, source, target));
      assertEquals(BYTES, Files.size(target));
    }
  }

  private static String copied(RealSshd sshd, Path source, Path target) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", classPath(), SmallHeapCopy.class.getName()));
    Stream.of(sshd.port(), sshd.user(), sshd.userKey(), sshd.knownHosts(), source, target)
        .map(Object::toString)
        .forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }

  /** Tests are part of a module here, and are not there. */
  private static String classPath() {
    return Stream.of(
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "classes").toString(),
            Path.of("target", "test-classes").toString())
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }
}
