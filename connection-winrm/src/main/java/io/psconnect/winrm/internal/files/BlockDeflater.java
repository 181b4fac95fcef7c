package io.psconnect.winrm.internal.files;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Deflates blocks, by way of two small buffers that are not on the heap: while a {@link Deflater}
 * works on an array there is no garbage collection, and where several do at once, threads that wait
 * for one get an {@link OutOfMemoryError} though there is memory (JDK-8308507, JDK-8192647).
 */
final class BlockDeflater implements AutoCloseable {
  private static final int PIECE_SIZE = 1 << 14;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE_SIZE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE_SIZE);

  /**
   * Deflates one block, apart from all others (RFC 1951).
   *
   * @param length how much of the block there is
   * @param deflated takes what comes of it, as far as there is room
   * @return how many bytes that is, or -1 if there is no room for them
   */
  int deflate(byte[] block, int length, ByteBuffer deflated) {
    deflater.reset();
    int begin = deflated.position();
    int at = 0;
    while (!deflater.finished()) {
      if (deflater.needsInput() && at < length) {
        at = feed(block, at, length);
      }
      deflater.deflate(out.clear());
      if (out.flip().remaining() > deflated.remaining()) {
        return -1;
      }
      deflated.put(out);
    }
    return deflated.position() - begin;
  }

  private int feed(byte[] block, int from, int length) {
    int to = Math.min(length, from + PIECE_SIZE);
    deflater.setInput(in.clear().put(block, from, to - from).flip());
    if (to == length) {
      deflater.finish();
    }
    return to;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
