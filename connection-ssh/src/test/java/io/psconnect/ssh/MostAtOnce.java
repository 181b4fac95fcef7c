package io.psconnect.ssh;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Watches how many PowerShell processes a host runs at one moment. */
final class MostAtOnce implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final RealSshd sshd;
  private final Thread thread = new Thread(this::watch, "most-at-once");
  private volatile boolean closed;
  private volatile int most;

  MostAtOnce(RealSshd sshd) {
    this.sshd = sshd;
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    while (!closed) {
      most = Math.max(most, now());
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Looking takes time: those that lived all through it lived at one moment. */
  private int now() {
    List<ProcessHandle> seen = sshd.userProcesses().stream().filter(this::isPowerShell).toList();
    return (int) seen.stream().filter(ProcessHandle::isAlive).count();
  }

  private boolean isPowerShell(ProcessHandle process) {
    return process.info().command().map(program -> program.endsWith("/pwsh")).orElse(false);
  }

  /** How many there were. */
  int seen() {
    return most;
  }

  @Override
  public void close() {
    closed = true;
    Waiting.until("watching ended", () -> !thread.isAlive());
  }
}
