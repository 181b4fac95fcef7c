package io.psconnect.ssh.faults;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.Waiting;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A host with a scripted PowerShell, the connections to it, and what they leave behind. */
final class FaultyHost implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final Path knownHosts;
  private final CountDownLatch held = new CountDownLatch(1);
  final ScriptedPowerShell powerShell = new ScriptedPowerShell();
  final SshHost host;
  private final Leaks leaks;

  FaultyHost() {
    powerShell
        .whenScriptContains("answer")
        .thenAnswer(script -> Result.of(3, "said\r\n", "warned\r\n"));
    powerShell
        .whenScriptContains("hold")
        .thenAnswer(
            script -> {
              held.await();
              return Result.of(0, "", "");
            });
    host =
        SshHost.builder()
            .user(SshUser.named("admin").withPassword(PASSWORD))
            .powerShell(powerShell)
            .start();
    knownHosts = host.writeKnownHosts(temporaryFile());
    warmUp();
    leaks = new Leaks();
  }

  /** What is made once in a JVM is no leak. */
  private void warmUp() {
    try (Connection connection = Connections.of(options().build())) {
      connection.open();
      connection.runScript("answer");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    requireIdle();
  }

  private static Path temporaryFile() {
    try {
      return Files.createTempFile("known_hosts", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To be reached within a second, with one for a script. */
  SshOptions.Builder options() {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(host.port())
        .username("admin")
        .password(PASSWORD.toCharArray())
        .noAgent()
        .knownHosts(knownHosts)
        .keepAlive(Duration.ZERO);
  }

  /** Lets the scripts that hold go. */
  void release() {
    held.countDown();
  }

  private void requireIdle() {
    Waiting.until(() -> "sessions end: " + host, () -> host.openSessions() == 0);
    Waiting.until(() -> "channels are closed: " + host, () -> host.openChannels() == 0);
  }

  /** After every connection has been closed: nothing is left, here or there. */
  void requireNothingLeft() {
    host.heal();
    release();
    requireIdle();
    Waiting.until(() -> "processes end: " + host, () -> host.openProcesses() == 0);
    leaks.requireNone();
  }

  @Override
  public void close() {
    host.close();
    try {
      Files.delete(knownHosts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
