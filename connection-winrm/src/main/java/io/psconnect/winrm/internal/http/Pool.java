package io.psconnect.winrm.internal.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Connections that wait for their next message; the one that was used last goes first. */
final class Pool implements AutoCloseable {
  private static final int MOST = 8;
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<HttpConnection> idle = new ArrayDeque<>();
  private final LongSupplier nanoClock;
  private boolean isClosed;

  /**
   * @param nanoClock such as {@link System#nanoTime}
   */
  Pool(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** One that the host has not closed, as far as one can see. */
  Optional<HttpConnection> take() {
    for (HttpConnection next = poll(); next != null; next = poll()) {
      if (nanoClock.getAsLong() - next.idleSince() <= MOST_NANOS && !next.isStale()) {
        return Optional.of(next);
      }
      next.close();
    }
    return Optional.empty();
  }

  private HttpConnection poll() {
    lock.lock();
    try {
      return idle.pollLast();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps it, or closes it: the one that has waited longest goes if there are too many. */
  void give(HttpConnection connection) {
    connection.rest(nanoClock.getAsLong());
    leftOver(connection).ifPresent(HttpConnection::close);
  }

  private Optional<HttpConnection> leftOver(HttpConnection connection) {
    lock.lock();
    try {
      if (isClosed || !connection.isReusable()) {
        return Optional.of(connection);
      }
      idle.addLast(connection);
      return idle.size() > MOST ? Optional.of(idle.removeFirst()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    all().forEach(HttpConnection::close);
  }

  private List<HttpConnection> all() {
    lock.lock();
    try {
      isClosed = true;
      List<HttpConnection> all = new ArrayList<>(idle);
      idle.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
