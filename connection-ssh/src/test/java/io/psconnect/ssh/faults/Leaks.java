package io.psconnect.ssh.faults;

import io.psconnect.ssh.Waiting;
import java.io.File;
import java.util.Set;
import java.util.stream.Collectors;

/** What this process holds: threads, files and sockets; all of it given back in the end. */
final class Leaks {
  private final Set<Thread> threads = threads();
  private final int files = openFiles();

  /** Threads of the backend, or of the library below it; not those of the host. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(psconnect-(?!sshhost)|sshd-SshClient).*"))
        .collect(Collectors.toSet());
  }

  /** On Linux; elsewhere nothing is seen. */
  private static int openFiles() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }

  /** Waits until nothing is left of what has come since this was made. */
  void requireNone() {
    Waiting.until(() -> "threads end: " + threads(), () -> threads.containsAll(threads()));
    Waiting.until(
        () -> "files are closed: %d were open, %d are".formatted(files, openFiles()),
        () -> openFiles() <= files);
  }
}
