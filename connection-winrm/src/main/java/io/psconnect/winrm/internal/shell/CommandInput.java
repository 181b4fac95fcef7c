package io.psconnect.winrm.internal.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is written to a command's input, until it is sent. It holds no more than one message's
 * worth; who writes more than that waits. What is flushed goes soon, and what is written or closed
 * just after it goes in the same message.
 */
final class CommandInput extends OutputStream {
  private static final int FIRST_ROOM = 1 << 10;

  /** Unnoticed by people, and longer than a thread needs to write and close. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int limit;
  private final boolean firstFlushWaits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] buffer = new byte[FIRST_ROOM];
  private int count;
  private boolean isFlushed;
  private boolean hasFlushed;
  private boolean isSending;
  private boolean isClosed;
  private String broken;

  /**
   * @param limit how many bytes one message can take
   * @param firstFlushWaits whether the first flush returns only when the host has what was written
   */
  CommandInput(int limit, boolean firstFlushWaits) {
    this.limit = limit;
    this.firstFlushWaits = firstFlushWaits;
  }

  /**
   * A message's worth.
   *
   * @param bytes some, or none at the end
   * @param isEnd whether nothing follows
   */
  record Piece(byte[] bytes, boolean isEnd) {}

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    lock.lock();
    try {
      int from = offset;
      while (from < offset + length) {
        awaitRoom();
        from += append(bytes, from, offset + length - from);
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() throws IOException {
    requireOpen();
    while (count == limit) {
      changed.awaitUninterruptibly();
      requireOpen();
    }
  }

  private void requireOpen() throws IOException {
    if (broken != null) {
      throw new IOException(broken);
    }
    if (isClosed) {
      throw new IOException("the input is closed");
    }
  }

  private int append(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, limit - count);
    if (count + taken > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(limit, Math.max(2 * buffer.length, count + taken)));
    }
    System.arraycopy(bytes, offset, buffer, count, taken);
    count += taken;
    if (count == limit) {
      changed.signalAll();
    }
    return taken;
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      requireOpen();
      isFlushed = true;
      changed.signalAll();
      if (firstFlushWaits && !hasFlushed) {
        awaitDelivery();
      }
      hasFlushed = true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitDelivery() throws IOException {
    while (count > 0 || isSending) {
      changed.awaitUninterruptibly();
      requireOpen();
    }
  }

  /** The end, which goes with what is left. Nobody waits for it. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and gives no more. */
  void abandon(String reason) {
    lock.lock();
    try {
      if (broken == null) {
        broken = reason;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next to send; the one before has been taken. Waits until there is enough, or no time to
   * wait for more.
   *
   * @return null if there is nobody to send to any more
   */
  Piece next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      isSending = false;
      changed.signalAll();
      while (broken == null && !isReady()) {
        changed.await();
      }
      linger();
      return broken == null ? take() : null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isReady() {
    return isClosed || count == limit || isFlushed && count > 0;
  }

  private void linger() throws InterruptedException {
    boolean waits = firstFlushWaits && !hasFlushed;
    long nanos = waits ? 0 : LINGER_NANOS;
    while (nanos > 0 && !isClosed && count < limit && broken == null) {
      nanos = changed.awaitNanos(nanos);
    }
  }

  private Piece take() {
    Piece piece = new Piece(Arrays.copyOf(buffer, count), isClosed);
    count = 0;
    isFlushed = false;
    isSending = true;
    return piece;
  }
}
