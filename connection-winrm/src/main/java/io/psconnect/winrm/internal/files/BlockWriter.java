package io.psconnect.winrm.internal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes blocks as the receiving script reads them. A block is deflated where that helps; after one
 * that did not get smaller some go as they are, before it is tried again.
 */
final class BlockWriter implements AutoCloseable {
  static final int BLOCK_SIZE = 1 << 19;

  private static final int HEADER_SIZE = 16;
  private static final int BLOCKS_WITHOUT_TRIAL = 15;

  private final OutputStream out;
  private final BlockDeflater deflater = new BlockDeflater();
  private final byte[] deflated = new byte[BLOCK_SIZE];
  private int blocksWithoutTrial;

  BlockWriter(OutputStream out) {
    this.out = out;
  }

  void write(long offset, byte[] block, int length) throws IOException {
    int count = deflate(block, length);
    boolean helps = count > 0;
    writeHeader(offset, length, helps ? count : length);
    out.write(helps ? deflated : block, 0, helps ? count : length);
  }

  /** Returns zero if it does not help by a tenth at least. */
  private int deflate(byte[] block, int length) {
    if (blocksWithoutTrial > 0) {
      blocksWithoutTrial--;
      return 0;
    }
    ByteBuffer room = ByteBuffer.wrap(deflated, 0, length - length / 10);
    int count = deflater.deflate(block, length, room);
    if (count < 0) {
      blocksWithoutTrial = BLOCKS_WITHOUT_TRIAL;
    }
    return Math.max(count, 0);
  }

  /** Nothing follows. */
  void end() throws IOException {
    writeHeader(-1, 0, 0);
  }

  /** Nothing follows, here or elsewhere. */
  void finish(long size, byte[] sha256) throws IOException {
    writeHeader(-1, 0, Long.BYTES + sha256.length);
    out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(size).array());
    out.write(sha256);
  }

  private void writeHeader(long offset, int length, int count) throws IOException {
    out.write(
        ByteBuffer.allocate(HEADER_SIZE)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(offset)
            .putInt(length)
            .putInt(count)
            .array());
  }

  @Override
  public void close() {
    deflater.close();
  }
}
