package io.psconnect.winrm.internal.shell;

import java.time.Duration;

/** Between one try and the next: each twice as long as the one before, up to a limit. */
final class Pauses {
  private final Duration longest;
  private Duration next;

  Pauses(Duration first, Duration longest) {
    this.longest = longest;
    next = first;
  }

  void pause() throws InterruptedException {
    Thread.sleep(next.toMillis());
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
  }
}
