package io.psconnect.winrm.internal.http;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.locks.ReentrantLock;

/** The socket of a connection that is being made, which others may give up at any time. */
final class SocketAttempt {
  private final ReentrantLock lock = new ReentrantLock();
  private RawSocket socket;
  private boolean isAbandoned;

  /** A new socket, instead of the last one, which could not connect. */
  RawSocket open() throws IOException {
    lock.lock();
    try {
      socket = new RawSocket();
      if (isAbandoned) {
        socket.close();
        throw new SocketException("given up");
      }
      return socket;
    } finally {
      lock.unlock();
    }
  }

  boolean isAbandoned() {
    lock.lock();
    try {
      return isAbandoned;
    } finally {
      lock.unlock();
    }
  }

  /** For any thread. */
  void abandon() {
    lock.lock();
    try {
      isAbandoned = true;
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not fail to close", e);
    } finally {
      lock.unlock();
    }
  }
}
