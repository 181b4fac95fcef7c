package io.psconnect.ssh;

import io.psconnect.OutputListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Listens for the first line that a script writes: that it has begun. */
final class FirstLine implements OutputListener {
  private final CompletableFuture<String> line = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  @Override
  public void onStdout(ByteBuffer chunk) {
    text.append(StandardCharsets.US_ASCII.decode(chunk));
    if (text.indexOf("\n") >= 0) {
      line.complete(text.toString().lines().findFirst().orElseThrow());
    }
  }

  String await() throws Exception {
    return line.get(60, TimeUnit.SECONDS);
  }
}
