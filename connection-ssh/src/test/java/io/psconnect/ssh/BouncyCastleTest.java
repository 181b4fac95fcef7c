package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
      String said = new ChildJvm().with(bouncyCastle).output(BouncyCastleTest.class, sshd);
      assertEquals("BC logged in", said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bcprov-jdk15on", "bcprov-jdk18on"})
  void theTestKitsHostRunsBesideIt(String jar, @TempDir Path folder) throws Exception {
    Path key = new SshKeys(folder).make("user", "-t", "ed25519");
    assertEquals("logged in", new ChildJvm().with(jar(jar)).output(OwnHost.class, key));
  }

  private static Path jar(String name) throws Exception {
    try (Stream<Path> jars = Files.list(JARS)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + name + " in " + JARS));
    }
  }

  /** Says what MINA takes, and that it went well. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = Connections.of(ChildJvm.options(args).build())) {
      connection.open();
      boolean taken = org.apache.sshd.common.util.security.SecurityUtils.isBouncyCastleRegistered();
      System.out.println((taken ? "BC" : "JDK") + " logged in");
    }
  }

  /** Everything that a host may have of Ed25519: its key, its user's keys, its authority. */
  static final class OwnHost {
    private OwnHost() {}

    public static void main(String[] args) throws Exception {
      Path key = Path.of(args[0]);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      SshUser user =
          SshUser.named("admin")
              .withKey(generator.generateKeyPair().getPublic())
              .withKey(Files.readString(SshKeys.publicOf(key)));
      try (SshHost host = SshHost.builder().user(user).hostCa(generator.generateKeyPair()).start();
          Connection connection = SshConnections.to(options(host, key))) {
        connection.open();
        System.out.println("logged in");
      }
    }

    private static SshOptions.Builder options(SshHost host, Path key) {
      return SshOptions.builder()
          .host(host.hostName())
          .port(host.port())
          .username("admin")
          .privateKeyPath(key)
          .hostKeyFingerprint(host.fingerprint())
          .noAgent();
    }
  }
}
