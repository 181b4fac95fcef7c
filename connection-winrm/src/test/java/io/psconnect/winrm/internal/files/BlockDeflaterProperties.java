package io.psconnect.winrm.internal.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class BlockDeflaterProperties {
  private static final int BLOCK = BlockWriter.BLOCK_SIZE;

  /** Some noise and then zeros: how much it shrinks depends on the noise. */
  private static byte[] block(int noise) {
    byte[] bytes = new byte[noise];
    new Random(noise).nextBytes(bytes);
    return Arrays.copyOf(bytes, BLOCK);
  }

  @Property(tries = 100)
  void whatIsDeflatedCanBeInflatedEachByItself(
      @ForAll @Size(min = 1, max = 3)
          List<@IntRange(min = 1, max = BlockWriter.BLOCK_SIZE) Integer> lengths,
      @ForAll @IntRange(max = BlockWriter.BLOCK_SIZE) int noise)
      throws IOException {
    try (BlockDeflater deflater = new BlockDeflater()) {
      byte[] block = block(noise);
      for (int length : lengths) {
        ByteBuffer room = ByteBuffer.allocate(2 * BLOCK);
        int count = deflater.deflate(block, length, room);
        assertArrayEquals(
            Arrays.copyOf(block, length), inflated(Arrays.copyOf(room.array(), count)));
      }
    }
  }

  private static byte[] inflated(byte[] deflated) throws IOException {
    Inflater raw = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(deflated), raw)) {
      return in.readAllBytes();
    } finally {
      raw.end();
    }
  }

  /** And the next block does not suffer from it. */
  @Property(tries = 100)
  void whatHasNoRoomIsLeft(
      @ForAll @IntRange(min = 1, max = BlockWriter.BLOCK_SIZE) int length,
      @ForAll @IntRange(max = BlockWriter.BLOCK_SIZE) int noise) {
    try (BlockDeflater deflater = new BlockDeflater()) {
      byte[] block = block(noise);
      int count = deflater.deflate(block, length, ByteBuffer.allocate(2 * BLOCK));
      assertEquals(-1, deflater.deflate(block, length, ByteBuffer.allocate(count - 1)));
      assertEquals(count, deflater.deflate(block, length, ByteBuffer.allocate(count)));
    }
  }
}
