package io.psconnect.testkit.contract;

import io.psconnect.ScriptInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/**
 * An input that ends only when a gate is opened, or its reader is interrupted or gone: a script that
 * reads it to the end is held for exactly as long as a rule wants.
 */
final class GatedInput implements ScriptInput {
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Ends the input. */
  void end() {
    gate.countDown();
  }

  @Override
  public InputStream open() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          gate.await();
          return -1;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
      }

      @Override
      public void close() {
        gate.countDown();
      }
    };
  }
}
