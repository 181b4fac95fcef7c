package io.psconnect.spi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard input whose end is told only when all that came before it has gone. Libraries drop what
 * a stream still holds when it is closed while nobody reads, or give up writing after a while and
 * end the input all the same; the script would take a part for the whole.
 */
final class CompleteInput extends FilterOutputStream {
  private boolean incomplete;

  CompleteInput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    complete(() -> out.write(buffer, offset, length));
  }

  @Override
  public void flush() throws IOException {
    complete(out::flush);
  }

  @Override
  public void close() throws IOException {
    if (!incomplete) {
      flush();
      out.close();
    }
  }

  private void complete(Step step) throws IOException {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      incomplete = true;
      throw e;
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
