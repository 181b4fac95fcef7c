package io.psconnect.spi;

import io.psconnect.powershell.CliXmlDecoder.ByteSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Reads a process's output as it comes, for transports that get it as a stream. */
public final class OutputPump {
  private static final int CHUNK = 1 << 16;

  private OutputPump() {}

  /**
   * Reads a stream to its end by a daemon thread, and closes it.
   *
   * @param stream one that fails is taken for one that has ended
   * @param sink given the bytes, by that thread
   * @param thread the thread's name
   * @return completed, in any case normally, when the sink has been given everything
   */
  public static CompletableFuture<Void> start(InputStream stream, ByteSink sink, String thread) {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(sink, "sink");
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(stream, sink, end), thread);
    reader.setDaemon(true);
    reader.start();
    return end;
  }

  private static void read(InputStream stream, ByteSink sink, CompletableFuture<Void> end) {
    byte[] buffer = new byte[CHUNK];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        sink.accept(buffer, 0, n);
      }
    } catch (IOException e) {
      // Closed by us, or gone with the process: either way there is no more.
    } finally {
      end.complete(null);
    }
  }
}
