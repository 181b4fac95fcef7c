package io.psconnect.spi;

import io.psconnect.ConnectionException;
import io.psconnect.powershell.PowerShellLaunch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * PowerShell processes that were started ahead of the calls that will use them. Each is used once,
 * so that a call is as isolated as in a process started for it; only the wait is gone.
 */
final class Standby implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Standby.class.getName());
  private static final Duration END_GRACE = Duration.ofSeconds(2);

  private final Transport transport;
  private final int size;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition noneStarting = lock.newCondition();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private int starting;
  private boolean closed;

  /**
   * @param size how many processes wait; zero for none
   */
  Standby(Transport transport, int size) {
    this.transport = transport;
    this.size = size;
  }

  /** A process and what it has said. */
  record Waiting(RemoteProcess process, DeferredOutput output) {
    boolean isAlive() {
      return !process.exitCode().isDone();
    }
  }

  boolean isUsed() {
    return size > 0;
  }

  /** The process that has waited longest; empty if none is left. */
  Optional<Waiting> take() {
    lock.lock();
    try {
      Waiting next = waiting.poll();
      while (next != null && !next.isAlive()) {
        next.process().close();
        next = waiting.poll();
      }
      return Optional.ofNullable(next);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts, beside the caller, what is missing. What goes wrong the next call will find and tell.
   */
  void refill() {
    if (isUsed()) {
      Thread thread = new Thread(this::startMissing, "psconnect-standby");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The lock is not held while a process starts: a call must not wait for that. */
  private void startMissing() {
    while (reserve()) {
      Optional<Waiting> started = Optional.empty();
      try {
        started = Optional.of(start());
      } catch (ConnectionException e) {
        LOG.log(Level.DEBUG, "no process could be started ahead", e);
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } finally {
        settle(started);
      }
    }
  }

  private boolean reserve() {
    lock.lock();
    try {
      boolean missing = !closed && waiting.size() + starting < size;
      starting += missing ? 1 : 0;
      return missing;
    } finally {
      lock.unlock();
    }
  }

  private void settle(Optional<Waiting> started) {
    lock.lock();
    try {
      starting--;
      started.ifPresent(closed ? Standby::end : waiting::add);
      if (starting == 0) {
        noneStarting.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private Waiting start() throws ConnectionException, InterruptedException {
    DeferredOutput output = new DeferredOutput();
    return new Waiting(transport.start(arguments(), output, Deadline.none()), output);
  }

  private List<String> arguments() {
    return transport.needsProcessId()
        ? PowerShellLaunch.announcingStandbyArguments()
        : PowerShellLaunch.standbyArguments();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (starting > 0) {
        noneStarting.awaitUninterruptibly();
      }
      waiting.forEach(Standby::end);
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** A process that waits ends by itself with its input; only one that does not is killed. */
  private static void end(Waiting waiting) {
    try (RemoteProcess process = waiting.process()) {
      process.stdin().close();
      awaitExit(process);
      if (!process.exitCode().isDone() && !process.kill(END_GRACE)) {
        LOG.log(Level.DEBUG, "the end of a process that was started ahead was not seen");
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a process that was started ahead was gone already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitExit(RemoteProcess process) throws InterruptedException {
    try {
      process.exitCode().get(END_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "a process that was started ahead did not end with its input", e);
    }
  }
}
