package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What a host leaves behind. */
final class Leftovers {
  private Leftovers() {}

  /** Closing takes its time over the network; a test's time limit ends the wait. */
  static void awaitNone(WinRmHost host) throws InterruptedException {
    try {
      until(() -> host.openConnections() == 0);
      until(() -> host.openShells() == 0);
      until(() -> host.openCommands() == 0);
      until(() -> host.openProcesses() == 0);
    } catch (InterruptedException e) {
      throw new AssertionError("left behind: " + host, e);
    }
  }

  static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  /** A host's, when it has been closed. */
  static void assertNoThreads() throws InterruptedException {
    Set<String> left = threads();
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      Thread.sleep(20);
      left = threads();
    }
    assertEquals(Set.of(), left);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("psconnect-winrmhost-"))
        .collect(Collectors.toSet());
  }
}
