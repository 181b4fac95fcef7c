package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.fail;

import io.psconnect.OutputListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Listens to a script, and lets others wait for its first line. */
final class Overheard implements OutputListener {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();

  @Override
  public void onStdout(ByteBuffer chunk) {
    append(stdout, chunk);
    String text = stdout.toString(StandardCharsets.UTF_8);
    if (!firstLine.isDone() && text.indexOf('\n') >= 0) {
      firstLine.complete(text.lines().findFirst().orElseThrow());
    }
  }

  @Override
  public void onStderr(ByteBuffer chunk) {
    append(stderr, chunk);
  }

  private static void append(ByteArrayOutputStream kept, ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    kept.writeBytes(bytes);
  }

  byte[] stdout() {
    return stdout.toByteArray();
  }

  byte[] stderr() {
    return stderr.toByteArray();
  }

  /** Whether the first line has come. */
  boolean hasFirstLine() {
    return firstLine.isDone();
  }

  String firstLine(Duration limit) throws InterruptedException {
    try {
      return firstLine.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return fail("no line of output came to the listener within " + limit);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
