package io.psconnect.cli;

import java.io.IOException;
import java.io.OutputStream;

/** Writes everything twice. */
final class Tee extends OutputStream {
  private final OutputStream first;
  private final OutputStream second;

  Tee(OutputStream first, OutputStream second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    first.write(buffer, offset, length);
    second.write(buffer, offset, length);
  }
}
