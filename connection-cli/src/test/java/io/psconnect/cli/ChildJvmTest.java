package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, from the module path. */
@Timeout(120)
class ChildJvmTest {
  private static final Pattern DELIVERED =
      Pattern.compile("connection-|picocli|progressbar|jline|sshd-|slf4j-|httpcore5");

  @TempDir Path folder;

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("script.ps1"), text).toString();
  }

  /** A JVM that finds on its module path what the command is delivered with, and nothing else. */
  private static ProcessBuilder command(List<String> jvm, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-p", modulePath(), "-m", "io.psconnect.cli/" + main()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  private static String main() {
    return ConnectionCli.class.getName();
  }

  private static String modulePath() {
    return Stream.of("jdk.module.path", "java.class.path")
        .flatMap(name -> Stream.of(System.getProperty(name, "").split(File.pathSeparator)))
        .filter(path -> DELIVERED.matcher(path).find())
        .filter(path -> !path.endsWith("test-classes"))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void theCommandRunsFromTheModulePath() throws Exception {
    Process process = command(List.of(), "--version").redirectErrorStream(true).start();
    String output = text(process.getInputStream());
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.startsWith("connection "), output);
  }

  @Test
  void withoutPowerShellTheDemoSaysSoAndShowsAStandIn() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    ProcessBuilder builder =
        command(List.of("-Djava.io.tmpdir=" + temporary), "demo").redirectErrorStream(true);
    builder.environment().put("PATH", folder.toString());
    Process process = builder.start();
    String output = text(process.getInputStream());
    assertEquals(0, process.waitFor(), output);
    for (String row :
        List.of(
            "scripted +\\S+ +hello from stdin +7 +\\d+",
            "ssh +\\S+ +hello from stdin +7 +\\d+.*")) {
      assertTrue(output.lines().anyMatch(line -> line.matches(row)), output);
    }
    assertTrue(output.contains("nothing was run"), output);
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
    assertTrue(output.contains("Install PowerShell (https://aka.ms/powershell)"), output);
  }

  @Test
  @RequiresProgram("pwsh")
  void outputLargerThanTheHeapIsPassedOn() throws Exception {
    String script =
        script(
            "$o = [Console]::OpenStandardOutput(); $b = [byte[]]::new(1MB);"
                + " 1..100 | ForEach-Object { $o.Write($b, 0, $b.Length) }; exit 6");
    Process process =
        command(List.of("-Xmx32m"), "run", script)
            .redirectError(folder.resolve("err").toFile())
            .start();
    long count = process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertEquals(6, process.waitFor(), () -> errors());
    assertEquals(100L << 20, count);
  }

  /** {@code script} gives it a terminal. */
  @Test
  @RequiresProgram({"pwsh", "script"})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "script is another program elsewhere")
  void atATerminalACopyShowsABarAndItsEndTellsOfTheTarget() throws Exception {
    Path file = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(32L << 30);
    }
    Path target = folder.resolve("target");
    List<String> command = command(List.of(), "copy", file.toString(), "local:" + target).command();
    Process process =
        new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null").start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    while (shown.indexOf("MiB/s") < 0) {
      int next = output.read();
      assertTrue(next >= 0, () -> "it ended before the bar had a rate: " + shown);
      shown.append((char) next);
    }
    javaUnder(process).destroy();
    output.lines().forEach(line -> shown.append(line).append('\n'));
    assertEquals(143, process.waitFor(), shown::toString);
    assertTrue(shown.toString().contains("large   0% ["), shown::toString);
    assertTrue(
        shown.toString().contains("interrupted; " + target + " is as it was"), shown::toString);
    assertFalse(Files.exists(target));
  }

  private static ProcessHandle javaUnder(Process process) {
    return process
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * SIGTERM and not SIGINT, which a JVM started in the background ignores: one hook serves both.
   */
  @Test
  @RequiresProgram("pwsh")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM to send")
  void whoEndsTheCommandEndsTheScript() throws Exception {
    Process process =
        command(List.of(), "run", script("\"$PID\"; [Threading.Thread]::Sleep(-1)"))
            .redirectError(folder.resolve("err").toFile())
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    ProcessHandle powerShell = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
    process.destroy();
    assertEquals(143, process.waitFor(), () -> errors());
    powerShell.onExit().get(30, TimeUnit.SECONDS);
    assertFalse(powerShell.isAlive());
    assertTrue(errors().startsWith("connection: local, running the script: interrupted;"));
  }
}
