package io.psconnect.spi;

import io.psconnect.ConnectionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The opening of a transport, which another thread can cancel. */
final class Opening {

  /** What opens the transport, and obeys interruption. */
  interface Step {
    void run() throws ConnectionException, InterruptedException;
  }

  private final Supplier<? extends ConnectionException> cancellation;
  private final ReentrantLock lock = new ReentrantLock();
  private Thread opener;
  private boolean cancelled;

  /**
   * @param cancellation what the thread that opens is told when another has cancelled it
   */
  Opening(Supplier<? extends ConnectionException> cancellation) {
    this.cancellation = cancellation;
  }

  /** Runs the step, by one thread at a time. */
  void run(Step step) throws ConnectionException, InterruptedException {
    begin();
    try {
      step.run();
    } catch (ConnectionException | InterruptedException e) {
      if (!wasCancelled()) {
        throw e;
      }
    } finally {
      end();
    }
    if (wasCancelled()) {
      throw cancellation.get();
    }
  }

  private void begin() {
    lock.lock();
    try {
      opener = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private boolean wasCancelled() {
    lock.lock();
    try {
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** The interruption that cancelled it has nothing to say to the caller. */
  private void end() {
    lock.lock();
    try {
      opener = null;
      if (cancelled) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a run that is under way, if one is. Does not wait for it. */
  void cancel() {
    lock.lock();
    try {
      if (opener != null) {
        cancelled = true;
        opener.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
