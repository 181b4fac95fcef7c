package io.psconnect.spi;

/**
 * Takes a process's output as it comes. Each method is called by one thread at a time; the two may
 * be called beside each other. They never throw, and may block for as long as the reader is slow.
 */
public interface OutputSink {

  /**
   * Takes bytes of standard output.
   *
   * @param buffer holds them; may be used again after the call
   * @param offset where they begin
   * @param length how many they are
   */
  void stdout(byte[] buffer, int offset, int length);

  /**
   * Takes bytes of standard error.
   *
   * @param buffer holds them; may be used again after the call
   * @param offset where they begin
   * @param length how many they are
   */
  void stderr(byte[] buffer, int offset, int length);
}
