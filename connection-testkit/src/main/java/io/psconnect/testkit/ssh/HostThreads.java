package io.psconnect.testkit.ssh;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of one host, besides those of the SSH server itself. */
final class HostThreads {
  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(10);

  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  Thread start(String name, Runnable work) {
    Thread thread = new Thread(() -> run(work), "psconnect-sshhost-" + name);
    thread.setDaemon(true);
    running.add(thread);
    thread.start();
    return thread;
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  /** Waits for all of them, but not for one that will not end. */
  void join() throws InterruptedException {
    for (Thread thread : running) {
      thread.join(PATIENCE);
    }
  }
}
