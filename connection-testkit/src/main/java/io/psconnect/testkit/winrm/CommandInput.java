package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a client has sent and a command has not read yet. */
final class CommandInput extends InputStream {
  /** As much as a client can send before it waits for the command. */
  private static final int ROOM = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long size;
  private int position;
  private boolean ended;

  /**
   * Takes it all, and waits until there is room for more.
   *
   * @return whether there is room in time
   */
  boolean add(byte[] bytes, boolean end, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      if (!ended && bytes.length > 0) {
        waiting.add(bytes);
        size += bytes.length;
      }
      ended |= end;
      changed.signalAll();
      return hasRoomWithin(patience.toNanos());
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoomWithin(long nanos) throws InterruptedException {
    long rest = nanos;
    while (size > ROOM && rest > 0) {
      rest = changed.awaitNanos(rest);
    }
    return size <= ROOM;
  }

  /** Nobody reads any more: what has come and what will come is thrown away. */
  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      size = 0;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      return waiting.isEmpty() ? -1 : take(bytes, offset, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int offset, int length) {
    byte[] first = waiting.getFirst();
    int n = Math.min(length, first.length - position);
    System.arraycopy(first, position, bytes, offset, n);
    position += n;
    size -= n;
    if (position == first.length) {
      waiting.removeFirst();
      position = 0;
    }
    changed.signalAll();
    return n;
  }
}
