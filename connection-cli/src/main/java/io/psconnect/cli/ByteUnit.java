package io.psconnect.cli;

/** A unit for numbers of bytes. */
enum ByteUnit {
  BYTES("B", 1),
  KIBIBYTES("KiB", 1 << 10),
  MEBIBYTES("MiB", 1 << 20);

  private static final int ENOUGH = 10;

  private final String symbol;
  private final long bytes;

  ByteUnit(String symbol, long bytes) {
    this.symbol = symbol;
    this.bytes = bytes;
  }

  /** The largest in which so many bytes are a number of two digits or more. */
  static ByteUnit fitting(long count) {
    if (count >= ENOUGH * MEBIBYTES.bytes) {
      return MEBIBYTES;
    }
    return count >= ENOUGH * KIBIBYTES.bytes ? KIBIBYTES : BYTES;
  }

  String symbol() {
    return symbol;
  }

  long bytes() {
    return bytes;
  }
}
