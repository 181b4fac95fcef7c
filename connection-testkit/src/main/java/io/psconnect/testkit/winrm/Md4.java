package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MD4 (RFC 1320), which NTLM makes of passwords and the JDK has not. */
final class Md4 {
  private static final int BLOCK = 64;
  private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] ADDED = {0, 0x5a827999, 0x6ed9eba1};
  private static final int[][] ORDERS = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
    {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
  };

  private final int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};

  private Md4() {}

  static byte[] of(byte[] message) {
    Md4 digest = new Md4();
    ByteBuffer padded = padded(message);
    while (padded.hasRemaining()) {
      digest.take(padded);
    }
    ByteBuffer result = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    result.asIntBuffer().put(digest.state);
    return result.array();
  }

  private static ByteBuffer padded(byte[] message) {
    int blocks = (message.length + 9 + BLOCK - 1) / BLOCK;
    ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    padded.put(message).put((byte) 0x80);
    padded.putLong(blocks * BLOCK - Long.BYTES, 8L * message.length);
    return padded.rewind();
  }

  private void take(ByteBuffer padded) {
    int[] words = new int[BLOCK / Integer.BYTES];
    padded.asIntBuffer().get(words);
    padded.position(padded.position() + BLOCK);
    int[] before = state.clone();
    for (int step = 0; step < 48; step++) {
      mix(step / 16, step % 16, words);
    }
    for (int i = 0; i < state.length; i++) {
      state[i] += before[i];
    }
  }

  /** One operation; the letters a, b, c, d of the RFC move on by one place with each. */
  private void mix(int round, int step, int[] words) {
    int a = Math.floorMod(-step, 4);
    int b = state[(a + 1) % 4];
    int c = state[(a + 2) % 4];
    int d = state[(a + 3) % 4];
    int sum = state[a] + function(round, b, c, d) + words[ORDERS[round][step]] + ADDED[round];
    state[a] = Integer.rotateLeft(sum, SHIFTS[round][step % 4]);
  }

  private static int function(int round, int x, int y, int z) {
    return switch (round) {
      case 0 -> (x & y) | (~x & z);
      case 1 -> (x & y) | (x & z) | (y & z);
      default -> x ^ y ^ z;
    };
  }
}
