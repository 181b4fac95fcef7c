package io.psconnect.testkit.winrm;

import io.psconnect.testkit.Waiting;

/** What a host leaves behind. */
final class Leftovers {
  private Leftovers() {}

  /** Closing takes its time over the network; a test's time limit ends the wait. */
  static void awaitNone(WinRmHost host) throws InterruptedException {
    try {
      Waiting.until(() -> host.openConnections() == 0);
      Waiting.until(() -> host.openShells() == 0);
      Waiting.until(() -> host.openCommands() == 0);
      Waiting.until(() -> host.openProcesses() == 0);
    } catch (InterruptedException e) {
      throw new AssertionError("left behind: " + host, e);
    }
  }

  /** A host's, when it has been closed. */
  static void assertNoThreads() throws InterruptedException {
    Waiting.untilNoThreads("psconnect-winrmhost-");
  }
}
