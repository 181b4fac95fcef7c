package io.psconnect.testkit.host;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The threads of one host, besides those of a server that it uses. */
public final class HostThreads {
  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(10);

  private final String prefix;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /**
   * @param host what kind of host they serve, for their names
   */
  public HostThreads(String host) {
    prefix = "psconnect-" + host + "-";
  }

  public Thread start(String name, Runnable work) {
    Thread thread = new Thread(() -> run(work), prefix + name);
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
  public void join() throws InterruptedException {
    for (Thread thread : running) {
      thread.join(PATIENCE);
    }
  }
}
