package io.psconnect.testkit;

import io.psconnect.ScriptInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A process's standard input for several readers in turn: taken from the stream when the first of
 * them asks, and only then, as a script leaves alone what it does not read.
 */
final class ReadOnce implements ScriptInput {
  private final InputStream stdin;
  private final ReentrantLock lock = new ReentrantLock();
  private byte[] bytes;

  ReadOnce(InputStream stdin) {
    this.stdin = stdin;
  }

  @Override
  public InputStream open() throws IOException {
    lock.lock();
    try {
      if (bytes == null) {
        bytes = stdin.readAllBytes();
      }
      return new ByteArrayInputStream(bytes);
    } finally {
      lock.unlock();
    }
  }
}
