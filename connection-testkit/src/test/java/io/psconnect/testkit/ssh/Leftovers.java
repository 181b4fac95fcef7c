package io.psconnect.testkit.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What a host leaves behind. */
final class Leftovers {
  private Leftovers() {}

  /** Closing takes its time over the network; a test's time limit ends the wait. */
  static void awaitNone(SshHost host) throws InterruptedException {
    try {
      until(() -> host.openSessions() == 0);
      until(() -> host.openChannels() == 0);
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

  /** The host's and those of MINA's servers, which are named after their classes. */
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
        .filter(name -> name.startsWith("psconnect-") || name.startsWith("sshd-"))
        .collect(Collectors.toSet());
  }
}
