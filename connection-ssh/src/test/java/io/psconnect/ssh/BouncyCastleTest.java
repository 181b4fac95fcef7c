package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many an application has Bouncy Castle on its path, and MINA takes it for all there is to do where
 * it finds it; an old one knows no Ed25519. Each is tried in a Java machine of its own.
 */
@OnRealSshd
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BouncyCastleTest {
  private static final Path JARS = Path.of("target", "bouncy-castle");

  @ParameterizedTest
  @ValueSource(strings = {"bcprov-jdk15on", "bcprov-jdk18on"})
  void ed25519KeysLogInBesideIt(String jar) throws Exception {
    Path bouncyCastle = jar(jar);
    try (RealSshd sshd = RealSshd.start()) {
      assertEquals("BC logged in", output(bouncyCastle, sshd));
    }
  }

  private static Path jar(String name) throws Exception {
    try (Stream<Path> jars = Files.list(JARS)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + JARS));
    }
  }

  private static String output(Path bouncyCastle, RealSshd sshd) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath(bouncyCastle), BouncyCastleTest.class.getName()));
    Stream.of(sshd.port(), sshd.user(), sshd.userKey(), sshd.knownHosts())
        .map(Object::toString)
        .forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }

  /** Tests are part of a module here, and are not there. */
  private static String classPath(Path bouncyCastle) {
    return Stream.of(
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "classes").toString(),
            Path.of("target", "test-classes").toString(),
            bouncyCastle.toString())
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }

  /** Arguments: port, user, key, known hosts. Says what MINA takes, and that it went well. */
  public static void main(String[] args) throws Exception {
    SshOptions options =
        SshOptions.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .username(args[1])
            .privateKeyPath(Path.of(args[2]))
            .knownHosts(Path.of(args[3]))
            .noAgent()
            .build();
    try (Connection connection = Connections.of(options)) {
      connection.open();
      boolean taken = org.apache.sshd.common.util.security.SecurityUtils.isBouncyCastleRegistered();
      System.out.println((taken ? "BC" : "JDK") + " logged in");
    }
  }
}
