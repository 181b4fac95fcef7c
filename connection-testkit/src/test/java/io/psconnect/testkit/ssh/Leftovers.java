package io.psconnect.testkit.ssh;

import io.psconnect.testkit.Waiting;

/** What a host leaves behind. */
final class Leftovers {
  private Leftovers() {}

  /** Closing takes its time over the network; a test's time limit ends the wait. */
  static void awaitNone(SshHost host) throws InterruptedException {
    try {
      Waiting.until(() -> host.openSessions() == 0);
      Waiting.until(() -> host.openChannels() == 0);
      Waiting.until(() -> host.openProcesses() == 0);
    } catch (InterruptedException e) {
      throw new AssertionError("left behind: " + host, e);
    }
  }

  /** The host's and those of MINA's servers, which are named after their classes. */
  static void assertNoThreads() throws InterruptedException {
    Waiting.untilNoThreads("psconnect-", "sshd-");
  }
}
