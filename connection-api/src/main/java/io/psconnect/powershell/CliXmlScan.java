package io.psconnect.powershell;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds a byte in an array, eight at a time. */
final class CliXmlScan {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private CliXmlScan() {}

  /** The first place of {@code wanted}, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, char wanted) {
    long pattern = ONES * wanted;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long found = zeroes((long) LONGS.get(bytes, at) ^ pattern);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** The first place of one of the two, or {@code to}. */
  static int indexOfEither(byte[] bytes, int from, int to, char one, char other) {
    long first = ONES * one;
    long second = ONES * other;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, at);
      long found = zeroes(eight ^ first) | zeroes(eight ^ second);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != one && bytes[at] != other) {
      at++;
    }
    return at;
  }

  /** Marks the top bit of each zero byte; the lowest mark is always right. */
  private static long zeroes(long eight) {
    return (eight - ONES) & ~eight & TOPS;
  }
}
