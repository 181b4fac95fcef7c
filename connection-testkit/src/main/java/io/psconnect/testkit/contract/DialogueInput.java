package io.psconnect.testkit.contract;

import io.psconnect.ScriptInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * An input that gives some text at once and its end only when it is told to, or when its reader is
 * interrupted or gone: a script that reads to the end is held for exactly as long as a rule wants.
 */
final class DialogueInput implements ScriptInput {
  private final byte[] first;
  private final CountDownLatch end = new CountDownLatch(1);

  DialogueInput(String first) {
    this.first = first.getBytes(StandardCharsets.UTF_8);
  }

  /** Ends the input. */
  void end() {
    end.countDown();
  }

  @Override
  public InputStream open() {
    return new Stream();
  }

  private final class Stream extends InputStream {
    private int position;

    @Override
    public int read() throws IOException {
      if (position < first.length) {
        return first[position++] & 0xFF;
      }
      return awaitEnd();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = Math.min(length, available());
      if (count == 0 && length > 0) {
        return awaitEnd();
      }
      System.arraycopy(first, position, buffer, offset, count);
      position += count;
      return count;
    }

    private int awaitEnd() throws IOException {
      try {
        end.await();
        return -1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while waiting for the end of the input", e);
      }
    }

    @Override
    public int available() {
      return first.length - position;
    }

    @Override
    public void close() {
      end();
    }
  }
}
