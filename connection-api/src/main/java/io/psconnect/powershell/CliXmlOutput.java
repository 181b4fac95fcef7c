package io.psconnect.powershell;

/** Gathers small pieces into larger ones for the sink, and knows whether a line has begun. */
final class CliXmlOutput implements CliXmlDecoder.ByteSink {

  private static final int CAPACITY = 8192;

  private final CliXmlDecoder.ByteSink sink;
  private final byte[] gathered = new byte[CAPACITY];
  private int length;
  private byte latest = '\n';

  CliXmlOutput(CliXmlDecoder.ByteSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(byte[] bytes, int from, int count) {
    if (count > 0) {
      latest = bytes[from + count - 1];
      gather(bytes, from, count);
    }
  }

  private void gather(byte[] bytes, int from, int count) {
    if (count > CAPACITY - length) {
      flush();
    }
    if (count >= CAPACITY) {
      sink.accept(bytes, from, count);
    } else {
      System.arraycopy(bytes, from, gathered, length, count);
      length += count;
    }
  }

  void put(byte[] bytes) {
    accept(bytes, 0, bytes.length);
  }

  boolean atLineStart() {
    return latest == '\n';
  }

  void flush() {
    if (length > 0) {
      int count = length;
      length = 0;
      sink.accept(gathered, 0, count);
    }
  }
}
