package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connections;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More bytes than the heap holds, through a Java machine with a heap of 48 MB. */
@RequiresProgram("pwsh")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmallHeapTest {
  @TempDir Path folder;

  @Test
  void outputOverTheHeapIsAnErrorAndNoDeadlock() throws Exception {
    assertEquals("out of memory, and the next call gives ok", run("output"));
  }

  @Test
  void fileOverTheHeapIsCopiedInConstantMemory() throws Exception {
    Path source = folder.resolve("source");
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.setLength(500_000_000);
    }
    Path target = folder.resolve("target");
    assertEquals("copied", run("copy", source.toString(), target.toString()));
    assertEquals(500_000_000, Files.size(target));
  }

  private static String run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-cp",
                classPath(),
                SmallHeap.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }

  private static String classPath() throws Exception {
    Path api =
        Path.of(Connections.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return Stream.of(api, Path.of("target/classes"), Path.of("target/test-classes"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
