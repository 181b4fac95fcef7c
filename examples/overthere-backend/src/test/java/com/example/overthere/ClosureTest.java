package com.example.overthere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user of the plugin gets, alone on the path: its own classes and its closure. */
class ClosureTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path CLOSURE = Path.of("target", "closure");

  /** The program of a user: a URI as its argument, a password as its input. */
  private static final String PROGRAM =
      """
      import io.psconnect.Connection;
      import io.psconnect.ConnectionUri;
      import io.psconnect.Connections;
      import io.psconnect.Script;

      public class Program {
        public static void main(String[] args) throws Exception {
          String password = new String(System.in.readAllBytes(), "UTF-8");
          ConnectionUri uri =
              ConnectionUri.parse(args[0]).withSecret("password", password.toCharArray());
          try (Connection connection = Connections.open(uri)) {
            boolean named = connection.getClass().getModule().isNamed();
            System.out.print(named + " " + output(connection));
          }
        }

        private static String output(Connection connection) throws Exception {
          Script script = Script.of("[Console]::In.ReadToEnd()").withInput("well");
          return connection.runScript(script).stdout().strip();
        }
      }
      """;

  @TempDir static Path folder;

  /** Of Overthere's 77 jars and those that these need, the ones that are needed here. */
  @Test
  void closureIsWhatLocalAndSshNeed() throws Exception {
    try (Stream<Path> jars = Files.list(CLOSURE)) {
      List<String> names =
          jars.map(jar -> jar.getFileName().toString().replaceFirst("-\\d.*", ""))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "asn-one",
              "bcpkix-jdk15on",
              "bcprov-jdk15on",
              "bcutil-jdk15on",
              "commons-compress",
              "connection-api",
              "eddsa",
              "javassist",
              "overthere",
              "scannit",
              "slf4j-api",
              "sshj",
              "truezip-driver-file",
              "truezip-driver-zip",
              "truezip-file",
              "truezip-kernel"),
          names);
    }
  }

  @Test
  @RequiresProgram("pwsh")
  void onTheModulePathLocalAndSshWork() throws Exception {
    String path = CLASSES + File.pathSeparator + CLOSURE;
    List<String> options = List.of("-p", path, "--add-modules", "com.example.overthere");
    assertEquals("true well", localOnPath(options));
    assertEquals("true well", sshOnPath(options));
  }

  @Test
  @RequiresProgram("pwsh")
  void onTheClassPathLocalAndSshWork() throws Exception {
    List<String> options = List.of("-cp", CLASSES + File.pathSeparator + CLOSURE + "/*");
    assertEquals("false well", localOnPath(options));
    assertEquals("false well", sshOnPath(options));
  }

  private static String localOnPath(List<String> options) throws Exception {
    return output(options, "overthere:?protocol=local", "");
  }

  private static String sshOnPath(List<String> options) throws Exception {
    try (SshHost host = OverthereHost.start("horse", folder)) {
      String uri =
          "overthere://admin@127.0.0.1:%d?protocol=ssh&os=UNIX&connectionType=SCP"
              .formatted(host.port());
      return output(options, uri, "horse");
    }
  }

  private static String output(List<String> options, String uri, String password)
      throws IOException, InterruptedException {
    Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        Stream.of(List.of(java), options, List.of(program.toString(), uri))
            .flatMap(List::stream)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(password.getBytes(StandardCharsets.UTF_8));
    }
    try {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), () -> "still runs: " + content(errors));
      assertEquals(0, process.exitValue(), () -> content(errors));
    } finally {
      process.destroyForcibly();
    }
    return content(output);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
