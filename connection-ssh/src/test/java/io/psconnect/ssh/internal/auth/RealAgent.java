package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own ssh-agent, in the foreground, with the keys that a test loads. */
final class RealAgent implements AutoCloseable {
  private final Path folder;
  private final Process process;

  RealAgent(Path folder) throws Exception {
    this.folder = folder;
    process =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!answers()) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ssh-agent ended with " + process.exitValue());
      }
    }
  }

  private boolean answers() {
    try {
      return new KeyAgent(socket()).identities(io.psconnect.spi.Deadline.none()).isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  Path socket() {
    return folder.resolve("agent");
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  /** Loads a key, and the certificate beside it. */
  void load(Path key) throws Exception {
    TestKeys.said(
        folder, List.of("env", "SSH_AUTH_SOCK=" + socket(), "ssh-add", "-q", key.toString()));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
