package io.psconnect.winrm.faults;

import java.util.Set;
import java.util.stream.Collectors;

/** The backend's threads in this process, all of which end in the end. */
public final class Leaks {
  private Leaks() {}

  /** Not those of the host. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("psconnect-(?!winrmhost).*"))
        .collect(Collectors.toSet());
  }

  /** Waits until no thread is left. */
  public static void requireNone() {
    Waiting.until(() -> "threads end: " + threads(), () -> threads().isEmpty());
  }
}
