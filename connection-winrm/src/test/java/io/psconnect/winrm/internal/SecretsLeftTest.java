package io.psconnect.winrm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No copy of a secret is left in memory, garbage included, but in the caller's own builder. */
@Timeout(60)
final class SecretsLeftTest {
  @TempDir Path folder;

  @Test
  void aClosedConnectionLeavesNoCopyOfASecret() throws Exception {
    List<String> ways = List.of("BASIC", "NTLM", "KERBEROS", "CERTIFICATE");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+UseEpsilonGC",
            "-cp",
            classPath(),
            SecretsLeft.class.getName(),
            folder.toString()));
    command.addAll(ways);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    assertEquals(Integer.toString(ways.size()), said.lines().reduce((a, b) -> b).orElse(said));
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
