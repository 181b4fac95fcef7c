package com.example.managehosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is packed, in JVMs that have it and its libraries alone. */
class ManageHostsTest {
  private static final Path TARGET = Path.of("target");
  private static final Path JAR = TARGET.resolve("manage-hosts-1.jar");
  private static final Path LIB = TARGET.resolve("lib");
  private static final String MAIN = "com.example.managehosts/com.example.managehosts.ManageHosts";
  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin/java").toString();

  /** What the backends ask of the JDK beside what the program asks; jdeps knows. */
  private static final String JDK_FOR_SSH =
      "java.base,java.naming,java.security.jgss,java.management,java.rmi,java.sql,jdk.crypto.ec";

  @TempDir static Path folder;
  private static Path hosts;

  @BeforeAll
  static void configure() throws IOException {
    hosts =
        Files.writeString(
            folder.resolve("hosts.properties"),
            """
            here=local:?powershell=pwsh
            linux=ssh://admin@127.0.0.1:1
            old=winrm://admin@build01
            """);
  }

  @Test
  void backendsAreFoundOnTheModulePath() throws Exception {
    check(run(JAVA, "-p", JAR + File.pathSeparator + LIB, "-m", MAIN));
  }

  @Test
  void backendsAreFoundOnTheClassPath() throws Exception {
    check(run(JAVA, "-cp", JAR + File.pathSeparator + LIB + "/*", MAIN.split("/")[1]));
  }

  /**
   * An image of the program, the API and the local backend. Apache MINA SSHD has no module
   * descriptor, which jlink wants: the SSH backend stays beside the image, which runs it.
   */
  @Test
  void anImageHoldsWhatHasModuleDescriptorsAndRunsTheRestBesideIt() throws Exception {
    String image = folder.resolve("image").toString();
    String modules =
        Stream.of("connection-api", "connection-local").map(ManageHostsTest::library)
            .collect(Collectors.joining(File.pathSeparator, JAR + File.pathSeparator, ""));
    int exit =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--module-path", modules,
                "--add-modules", "com.example.managehosts,io.psconnect.local," + JDK_FOR_SSH,
                "--output", image);
    assertEquals(0, exit);
    String java = Path.of(image, "bin/java").toString();

    assertTrue(run(java, "-m", MAIN).text().contains("Add io.psconnect:connection-ssh"));
    check(run(java, "-p", beside(), "-m", MAIN));
  }

  private static String library(String artifact) {
    return libraries().filter(jar -> jar.contains(artifact)).findFirst().orElseThrow();
  }

  private static String beside() {
    return libraries()
        .filter(jar -> !jar.contains("connection-api") && !jar.contains("connection-local"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> libraries() {
    return Stream.of(LIB.toFile().listFiles()).map(File::toString).sorted();
  }

  /** The program's output, and the names of the classes that were loaded. */
  private record Run(List<String> lines, List<String> classes) {
    String text() {
      return String.join("\n", lines);
    }
  }

  private static void check(Run run) {
    assertEquals(3, run.lines().size(), run.text());
    assertTrue(run.lines().get(1).contains("127.0.0.1:1"), run.text());
    assertFalse(run.lines().get(1).contains("no backend"), run.text());
    assertEquals(
        "old: winrm, looking up the backend: no backend 'winrm'. Found: local, ssh."
            + " Add io.psconnect:connection-winrm to the path.",
        run.lines().get(2));
    assertTrue(run.classes().stream().anyMatch(name -> name.startsWith("io.psconnect.local")));
    assertEquals(
        List.of(),
        run.classes().stream().filter(name -> name.startsWith("io.psconnect.winrm")).toList());
    checkAnswerOfThisMachine(run);
  }

  /** The last check: where there is no PowerShell the others were made, and the test is skipped. */
  private static void checkAnswerOfThisMachine(Run run) {
    boolean required =
        List.of(System.getenv().getOrDefault("PSCONNECT_REQUIRE", "").split("[,\\s]+"))
            .contains("pwsh");
    assumeTrue(
        required || onPath("pwsh"),
        () -> "pwsh is not on PATH, all else was checked: " + run.lines().get(0));
    assertEquals("here: PowerShell 7", run.lines().get(0));
  }

  private static Run run(String... java) throws Exception {
    List<String> command = new ArrayList<>(List.of(java));
    command.add(1, "-Xlog:class+load=info:file=" + folder.resolve("classes.log"));
    command.add(hosts.toString());
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> output + stderr());
    List<String> classes =
        Files.readAllLines(folder.resolve("classes.log")).stream()
            .map(line -> line.replaceFirst("^(\\[[^]]*\\])+ ?", "").split(" ")[0])
            .toList();
    return new Run(output.lines().toList(), classes);
  }

  private static String stderr() {
    try {
      return Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }
}
