package io.psconnect.winrm.internal.shell;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What no call waits for. */
final class Background {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Background::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "psconnect-winrm-cleanup");
    thread.setDaemon(true);
    return thread;
  }

  /** Does it soon; false if the end has come, and it is never done. */
  boolean run(Runnable work) {
    try {
      threads.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "not done, as the connection is closed", e);
      return false;
    }
  }

  /** Takes no more, and waits for what there is. An interruption ends the wait. */
  void close(Duration patience) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.log(Level.DEBUG, "the host did not answer all that was asked of it at the end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
