package io.psconnect.spi;

import io.psconnect.ScriptInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/** Writes a frame, then the caller's bytes, to a process's standard input, and ends it. */
final class InputFeed implements Runnable {
  private static final int CHUNK = 1 << 16;

  private final byte[] frame;
  private final InputStream input;
  private final OutputStream stdin;
  private final Consumer<Throwable> readFailure;
  private final boolean hasWaited;
  private volatile boolean frameLeft;
  private volatile boolean stopped;

  /**
   * @param hasWaited whether the process may have died while it waited: then the frame is not
   *     finished before the process, or its end, has been given the rest of it
   * @param readFailure told when the caller's bytes cannot be read; that the process takes no more
   *     is no failure, since its exit code will tell
   */
  InputFeed(
      byte[] frame,
      InputStream input,
      OutputStream stdin,
      boolean hasWaited,
      Consumer<Throwable> readFailure) {
    this.frame = frame;
    this.input = input;
    this.stdin = stdin;
    this.hasWaited = hasWaited;
    this.readFailure = readFailure;
  }

  /** Writes on a thread of its own, unless there is nothing to write. */
  void start(ScriptInput source) {
    if (frame.length == 0 && source == ScriptInput.empty()) {
      run();
      return;
    }
    Thread thread = new Thread(this, "psconnect-input");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the last byte of the frame may have gone: from then on the script may run. */
  boolean frameLeft() {
    return frameLeft;
  }

  /** Ends the input before its time. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try (stdin) {
      writeFrame();
      flushIfNothingWaits();
      copyInput();
    } catch (IOException e) {
      // The process does not take input any more. It may be done without it.
    } catch (UnreadableInput e) {
      readFailure.accept(e.getCause());
    }
  }

  private void writeFrame() throws IOException {
    if (frame.length > 0) {
      stdin.write(frame, 0, frame.length - 1);
      if (hasWaited) {
        stdin.flush();
      }
      frameLeft = true;
      stdin.write(frame, frame.length - 1, 1);
    }
  }

  private void copyInput() throws IOException, UnreadableInput {
    byte[] chunk = new byte[CHUNK];
    for (int n = read(chunk); n >= 0 && !stopped; n = read(chunk)) {
      stdin.write(chunk, 0, n);
      flushIfNothingWaits();
    }
  }

  /** What comes next may be long in coming, and the script waits for what is here. */
  private void flushIfNothingWaits() throws IOException, UnreadableInput {
    if (available() == 0) {
      stdin.flush();
    }
  }

  private int read(byte[] chunk) throws UnreadableInput {
    try {
      return input.read(chunk);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableInput(e);
    }
  }

  private int available() throws UnreadableInput {
    try {
      return input.available();
    } catch (IOException | RuntimeException e) {
      throw new UnreadableInput(e);
    }
  }

  private static final class UnreadableInput extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableInput(Exception cause) {
      super(cause);
    }
  }
}
