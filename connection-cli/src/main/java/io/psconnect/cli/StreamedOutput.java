package io.psconnect.cli;

import io.psconnect.OutputListener;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Passes a script's output on, byte for byte, as it comes. */
final class StreamedOutput implements OutputListener {
  private final Terminal terminal;

  StreamedOutput(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void onStdout(ByteBuffer chunk) {
    pass(chunk, terminal.out(), "standard output");
  }

  @Override
  public void onStderr(ByteBuffer chunk) {
    pass(chunk, terminal.err(), "standard error");
  }

  /** A print stream hides its failures; asking for them also flushes it. */
  private static void pass(ByteBuffer chunk, PrintStream stream, String name) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    stream.write(bytes, 0, bytes.length);
    if (stream.checkError()) {
      String message =
          name
              + " could not be written, and the script was ended; is its reader gone, or the disk"
              + " full?";
      throw new UncheckedIOException(message, new IOException(message));
    }
  }
}
