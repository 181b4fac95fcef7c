package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a command has written and no client has fetched yet, and its end. */
final class CommandOutput {
  /** As much as a command can write before it waits for a client. */
  private static final int ROOM = 1 << 20;

  /** How often we look whether the client still waits. */
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * How long after the exit nothing may come, before what still holds the streams is left behind.
   */
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(500);

  /** What an element costs besides its text. */
  private static final int ELEMENT = 150;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Piece> waiting = new ArrayDeque<>();
  private int size;
  private boolean ended;
  private boolean abandoned;
  private boolean fetched;
  private OptionalInt exitCode = OptionalInt.empty();

  /** When something last came, or the exit. */
  private long quietSince = System.nanoTime();

  /** Bytes of one stream. */
  record Piece(String stream, byte[] bytes) {}

  /** What goes into one answer; with the exit code there is no more. */
  record Batch(List<Piece> pieces, OptionalInt exitCode) {}

  /** The client has gone while we waited for it. */
  static final class ClientGoneException extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Whether a client still waits for an answer. */
  interface Client {
    boolean isGone();
  }

  OutputStream stream(String name) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
          add(new Piece(name, Arrays.copyOfRange(bytes, offset, offset + length)));
        }
      }
    };
  }

  private void add(Piece piece) throws IOException {
    lock.lock();
    try {
      while (size > ROOM && !abandoned) {
        changed.await();
      }
      if (abandoned) {
        throw new IOException("the command has been closed");
      }
      waiting.add(piece);
      size += piece.bytes.length;
      quietSince = System.nanoTime();
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  void ended() {
    change(() -> ended = true);
  }

  void exited(int code) {
    change(
        () -> {
          exitCode = OptionalInt.of(code);
          quietSince = System.nanoTime();
        });
  }

  /** Nobody will fetch it. */
  void abandon() {
    change(() -> abandoned = true);
  }

  /** Whether a client has been told of the end. */
  boolean isFetched() {
    lock.lock();
    try {
      return fetched;
    } finally {
      lock.unlock();
    }
  }

  boolean isFinished() {
    lock.lock();
    try {
      return isOver();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable work) {
    lock.lock();
    try {
      work.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for output or the end, and takes it.
   *
   * @param room how many characters of XML there is room for
   */
  Batch take(int room, Duration patience, Client client)
      throws WsmanFault, ClientGoneException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      while (!abandoned && waiting.isEmpty() && !isOver()) {
        await(deadline - System.nanoTime(), client);
      }
      requireKept();
      List<Piece> pieces = takeUpTo(room);
      boolean last = waiting.isEmpty() && isOver();
      fetched |= last;
      return new Batch(pieces, last ? exitCode : OptionalInt.empty());
    } finally {
      lock.unlock();
    }
  }

  /** What was closed tells of no end, though it may have come to one. */
  private void requireKept() throws WsmanFault {
    if (abandoned) {
      throw WsmanFault.commandNotFound();
    }
  }

  private void await(long rest, Client client)
      throws WsmanFault, ClientGoneException, InterruptedException {
    if (client.isGone()) {
      throw new ClientGoneException();
    } else if (rest <= 0) {
      throw WsmanFault.of(WsmanFault.TIMED_OUT);
    }
    changed.awaitNanos(Math.min(rest, LOOK));
  }

  /** A command ends with its process, not with what that left running. */
  private boolean isOver() {
    return exitCode.isPresent() && (ended || System.nanoTime() - quietSince > GRACE);
  }

  private List<Piece> takeUpTo(int room) {
    List<Piece> pieces = new ArrayList<>();
    int left = room;
    while (!waiting.isEmpty() && (left > 2 * ELEMENT || pieces.isEmpty())) {
      Piece piece = split(waiting.removeFirst(), Math.max(3, (left - ELEMENT) / 4 * 3));
      pieces.add(piece);
      size -= piece.bytes.length;
      left -= ELEMENT + (piece.bytes.length + 2) / 3 * 4;
    }
    changed.signalAll();
    return pieces;
  }

  /** What does not fit stays first in the queue. */
  private Piece split(Piece piece, int length) {
    if (piece.bytes.length <= length) {
      return piece;
    }
    waiting.addFirst(
        new Piece(piece.stream, Arrays.copyOfRange(piece.bytes, length, piece.bytes.length)));
    return new Piece(piece.stream, Arrays.copyOf(piece.bytes, length));
  }
}
