package io.psconnect.spi;

import io.psconnect.OutputListener;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.powershell.CliXmlDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Keeps a process's output, up to a limit, and tells the script's listener. A listener that throws,
 * or a heap that is full, is reported once; from then on output is read and let go, so that nobody
 * waits for us.
 */
final class CapturedOutput implements OutputSink {
  private final Stream stdout;
  private final Stream stderr;
  private final CliXmlDecoder decoder;
  private final Consumer<Throwable> failure;
  private final AtomicLong taken = new AtomicLong();
  private volatile boolean broken;

  CapturedOutput(Script script, Consumer<Throwable> failure) {
    OutputListener listener = script.listener();
    stdout = new Stream(script.outputLimit(), listener::onStdout);
    stderr = new Stream(script.outputLimit(), listener::onStderr);
    decoder = new CliXmlDecoder(stderr::accept);
    this.failure = failure;
  }

  @Override
  public void stdout(byte[] buffer, int offset, int length) {
    guarded(stdout, () -> stdout.accept(buffer, offset, length));
    taken.addAndGet(length);
  }

  @Override
  public void stderr(byte[] buffer, int offset, int length) {
    guarded(stderr, () -> decoder.write(buffer, offset, length));
    taken.addAndGet(length);
  }

  private void guarded(Stream stream, Runnable action) {
    if (broken) {
      return;
    }
    stream.lock.lock();
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      broken = true;
      failure.accept(e);
    } finally {
      stream.lock.unlock();
    }
  }

  /** How many bytes have been dealt with. */
  long taken() {
    return taken.get();
  }

  /** What has come until now; the end of the output, as far as the decoder is concerned. */
  Result result(int exitCode, Duration duration) {
    guarded(stderr, decoder::finish);
    boolean truncated = stdout.truncated || stderr.truncated;
    return Result.ofBytes(exitCode, stdout.bytes(), stderr.bytes(), duration, truncated);
  }

  /** For a message about a PowerShell that did not come up; empty if it said nothing. */
  String firstErrorLine() {
    return result(0, Duration.ZERO)
        .stderr()
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> "; it said: " + line.strip())
        .orElse("");
  }

  private static final class Stream {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private final int limit;
    private final Consumer<ByteBuffer> listener;
    private boolean truncated;

    Stream(int limit, Consumer<ByteBuffer> listener) {
      this.limit = limit;
      this.listener = listener;
    }

    void accept(byte[] buffer, int offset, int length) {
      int room = Math.min(length, limit - kept.size());
      kept.write(buffer, offset, room);
      truncated |= room < length;
      listener.accept(ByteBuffer.wrap(buffer, offset, length).slice().asReadOnlyBuffer());
    }

    byte[] bytes() {
      lock.lock();
      try {
        return kept.toByteArray();
      } finally {
        lock.unlock();
      }
    }
  }
}
