package io.psconnect.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that are PowerShell processes now, by ids as Windows gives them. */
final class ScriptedProcesses {
  private static final long FIRST_ID = 4_000;
  private static final long STEP = 4;
  private static final long PATIENCE_SECONDS = 10;

  private final AtomicLong lastId = new AtomicLong(FIRST_ID);
  private final Map<Long, Running> running = new ConcurrentHashMap<>();

  /** A thread, for as long as it is a process. */
  private static final class Running {
    private final Thread thread = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean killed;

    void kill() {
      lock.lock();
      try {
        if (ended.getCount() > 0) {
          killed = true;
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    /** An interruption that was meant for the process is not left to its thread. */
    void end() {
      lock.lock();
      try {
        ended.countDown();
        if (killed) {
          Thread.interrupted();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Makes the caller's thread a process. */
  long begin() {
    long id = lastId.addAndGet(STEP);
    running.put(id, new Running());
    return id;
  }

  void end(long id) {
    running.remove(id).end();
  }

  /** Whether there is no such process any more. */
  boolean kill(long id) throws InterruptedException {
    Running process = running.get(id);
    if (process == null) {
      return true;
    }
    process.kill();
    return process.ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  int open() {
    return running.size();
  }
}
