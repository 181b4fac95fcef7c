package io.psconnect.spi;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** Output of a process that has no call yet: kept until it has one, then passed on. */
final class DeferredOutput implements OutputSink {
  /** A process that waits has nothing to say; what it says when it breaks is short. */
  private static final int LIMIT = 1 << 16;

  private final Stream stdout = new Stream();
  private final Stream stderr = new Stream();

  /** Passes on what was kept, and from now on everything. */
  void attach(OutputSink sink) {
    stdout.attach(sink::stdout);
    stderr.attach(sink::stderr);
  }

  @Override
  public void stdout(byte[] buffer, int offset, int length) {
    stdout.accept(buffer, offset, length);
  }

  @Override
  public void stderr(byte[] buffer, int offset, int length) {
    stderr.accept(buffer, offset, length);
  }

  private interface Target {
    void accept(byte[] buffer, int offset, int length);
  }

  private static final class Stream {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream early = new ByteArrayOutputStream(0);
    private Target target = this::keep;

    private void keep(byte[] buffer, int offset, int length) {
      early.write(buffer, offset, Math.min(length, LIMIT - early.size()));
    }

    void attach(Target next) {
      lock.lock();
      try {
        target = next;
        if (early.size() > 0) {
          next.accept(early.toByteArray(), 0, early.size());
        }
      } finally {
        lock.unlock();
      }
    }

    void accept(byte[] buffer, int offset, int length) {
      lock.lock();
      try {
        target.accept(buffer, offset, length);
      } finally {
        lock.unlock();
      }
    }
  }
}
