package io.psconnect.winrm.internal.files;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.powershell.CliXmlDecoder;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ReceivingScript;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A PowerShell on the host that writes blocks of the file, and a thread here that gives it some.
 */
final class Receiver implements AutoCloseable {
  private static final ReceivingScript SCRIPT =
      ReceivingScript.of(Receiver.class.getResourceAsStream("receive-blocks.ps1"))
          .with("block", Integer.toString(BlockWriter.BLOCK_SIZE));
  private static final int MOST_WORDS = 1 << 16;
  private static final Duration KILL_GRACE = Duration.ofSeconds(5);

  private final RemoteProcess process;
  private final BlockWriter writer;
  private final byte[] frame;
  private final Words words;
  private final boolean finishes;
  private final CompletableFuture<Void> allWritten = new CompletableFuture<>();

  private Receiver(RemoteProcess process, byte[] frame, Words words, boolean finishes) {
    this.process = process;
    this.frame = frame;
    this.words = words;
    this.finishes = finishes;
    writer = new BlockWriter(process.stdin());
  }

  /**
   * Starts it.
   *
   * @param part the name of the temporary file
   * @param finishes whether it waits for the others and gives the file its name
   */
  static Receiver start(
      CopyHost host, String target, String part, boolean finishes, Deadline deadline)
      throws ConnectionException, InterruptedException {
    PowerShellLaunch launch =
        PowerShellLaunch.of(SCRIPT.to(target, part), Carrier.FRAMED, host.argumentBudget());
    Words words = new Words();
    RemoteProcess process =
        finishes
            ? host.start(launch.arguments(), words, deadline)
            : host.startMore(launch.arguments(), words, deadline);
    return new Receiver(process, launch.frame(), words, finishes);
  }

  /** Gives it blocks, on a thread of its own, until there are no more. */
  void take(SourceFile source, AtomicLong written, int number) {
    Thread thread = new Thread(() -> takeAll(source, written), "psconnect-winrm-copy-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  /** It then removes the temporary file. */
  void receiveNothing() throws IOException {
    try (writer) {
      process.stdin().write(frame);
      process.stdin().close();
    }
  }

  private void takeAll(SourceFile source, AtomicLong written) {
    try {
      process.stdin().write(frame);
      ByteBuffer block = ByteBuffer.allocate(BlockWriter.BLOCK_SIZE);
      for (long at = source.read(block); at >= 0; at = source.read(block.clear())) {
        writer.write(at, block.array(), block.position());
        written.addAndGet(block.position());
      }
      if (!finishes) {
        writer.end();
        process.stdin().close();
      }
      allWritten.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      allWritten.completeExceptionally(e);
    } finally {
      writer.close();
    }
  }

  /** Failed if the process takes no more; why, its end tells. */
  CompletableFuture<Void> allWritten() {
    return allWritten;
  }

  /** Lets the file have its name, if all is as it should be. */
  void finish(long size, byte[] sha256) throws IOException {
    writer.finish(size, sha256);
    process.stdin().close();
  }

  CompletableFuture<Integer> exitCode() {
    return process.exitCode();
  }

  /** Why it failed, in its own words. */
  String reason() {
    return words.text();
  }

  /** Takes the early end of its input as the order to remove the temporary file. */
  void giveUp() {
    try {
      process.stdin().close();
    } catch (IOException e) {
      System.getLogger(Receiver.class.getName())
          .log(System.Logger.Level.DEBUG, "the host's PowerShell takes no input", e);
    }
  }

  /** Whether it has failed by itself, which it does not without removing the temporary file. */
  boolean hasRemoved() {
    CompletableFuture<Integer> code = exitCode();
    return code.isDone() && !code.isCompletedExceptionally() && code.join() != 0;
  }

  /** Whether its end was seen, by itself or for us. */
  boolean awaitEnd(Deadline deadline) throws InterruptedException {
    try {
      process.exitCode().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return process.kill(KILL_GRACE);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static final class Words implements OutputSink {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void stdout(byte[] buffer, int offset, int length) {}

    @Override
    public void stderr(byte[] buffer, int offset, int length) {
      stderr.write(buffer, offset, Math.min(length, MOST_WORDS - stderr.size()));
    }

    String text() {
      return new String(CliXmlDecoder.decode(stderr.toByteArray()), StandardCharsets.UTF_8).strip();
    }
  }
}
