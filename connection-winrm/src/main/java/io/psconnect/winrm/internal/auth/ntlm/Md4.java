package io.psconnect.winrm.internal.auth.ntlm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The digest MD4 (RFC 1320), which the JDK has not. It is broken for signatures; the NT hash of a
 * password is defined by it (MS-NLMP 3.3.1).
 */
final class Md4 {
  private static final int BLOCK = 64;
  private static final int LENGTH_FIELD = 8;
  private static final int[][] SHIFTS = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
  private static final int[] CONSTANTS = {0, 0x5A827999, 0x6ED9EBA1};

  /** Which word of the block each step of a round takes. */
  private static final int[][] ORDER = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
    {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
  };

  private final int[] state = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
  private final int[] words = new int[BLOCK / Integer.BYTES];

  private Md4() {}

  /** The digest. No copy of the message stays behind. */
  static byte[] hash(byte[] message) {
    byte[] padded = pad(message);
    Md4 digest = new Md4();
    ByteBuffer blocks = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (blocks.hasRemaining()) {
      digest.add(blocks);
    }
    Arrays.fill(padded, (byte) 0);
    Arrays.fill(digest.words, 0);
    return digest.bytes();
  }

  private static byte[] pad(byte[] message) {
    int blocks = (message.length + LENGTH_FIELD) / BLOCK + 1;
    ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    padded.put(message).put((byte) 0x80);
    padded.putLong(padded.capacity() - LENGTH_FIELD, message.length * 8L);
    return padded.array();
  }

  private void add(ByteBuffer blocks) {
    for (int i = 0; i < words.length; i++) {
      words[i] = blocks.getInt();
    }
    int[] before = state.clone();
    for (int round = 0; round < ORDER.length; round++) {
      turn(round);
    }
    for (int i = 0; i < state.length; i++) {
      state[i] += before[i];
    }
  }

  private void turn(int round) {
    for (int step = 0; step < words.length; step++) {
      int sum = state[0] + mix(round) + words[ORDER[round][step]] + CONSTANTS[round];
      int turned = Integer.rotateLeft(sum, SHIFTS[round][step % 4]);
      state[0] = state[3];
      state[3] = state[2];
      state[2] = state[1];
      state[1] = turned;
    }
  }

  private int mix(int round) {
    int x = state[1];
    int y = state[2];
    int z = state[3];
    return switch (round) {
      case 0 -> x & y | ~x & z;
      case 1 -> x & y | x & z | y & z;
      default -> x ^ y ^ z;
    };
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : state) {
      bytes.putInt(word);
    }
    return bytes.array();
  }
}
