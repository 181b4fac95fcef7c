package io.psconnect.spi;

import io.psconnect.FileCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A host in memory, whose one process does what the test says. Counts what is open. */
final class MemoryTransport implements Transport {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  final AtomicInteger processes = new AtomicInteger();
  final CountDownLatch started = new CountDownLatch(1);
  final MemoryProcess process = new MemoryProcess();
  final CountDownLatch opening = new CountDownLatch(1);
  final CountDownLatch mayOpen = new CountDownLatch(1);
  final List<List<String>> launches = new CopyOnWriteArrayList<>();
  int budget = 8_000;
  boolean needsProcessId;
  boolean opensSlowly;

  @Override
  public String backend() {
    return "memory";
  }

  @Override
  public String host() {
    return "host01";
  }

  @Override
  public void open() throws InterruptedException {
    opening.countDown();
    if (opensSlowly) {
      mayOpen.await();
    }
    opened.incrementAndGet();
  }

  @Override
  public boolean needsProcessId() {
    return needsProcessId;
  }

  @Override
  public int argumentBudget() {
    return budget;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline) {
    process.output = output;
    launches.add(arguments);
    processes.incrementAndGet();
    started.countDown();
    return process;
  }

  @Override
  public boolean copyFile(FileCopy copy, Deadline deadline) {
    return false;
  }

  @Override
  public void close() {
    closed.incrementAndGet();
  }

  /** Ends when the test says so. */
  final class MemoryProcess implements RemoteProcess {
    final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    final CompletableFuture<Void> outputEnd = new CompletableFuture<>();
    final CompletableFuture<byte[]> inputEnd = new CompletableFuture<>();
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final CountDownLatch readsInput = new CountDownLatch(1);
    final AtomicInteger kills = new AtomicInteger();
    volatile boolean blocksInput;
    volatile boolean unkillable;
    volatile boolean absent;
    volatile OutputSink output;

    void stdout(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      output.stdout(bytes, 0, bytes.length);
    }

    void stderr(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      output.stderr(bytes, 0, bytes.length);
    }

    void exit(int code) {
      outputEnd.complete(null);
      exitCode.complete(code);
    }

    @Override
    public OutputStream stdin() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          if (blocksInput) {
            awaitReader();
          }
          received.write(bytes, offset, length);
        }

        @Override
        public void close() {
          inputEnd.complete(received.toByteArray());
        }
      };
    }

    private void awaitReader() throws IOException {
      try {
        readsInput.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public CompletableFuture<Integer> exitCode() {
      return exitCode;
    }

    @Override
    public CompletableFuture<Void> outputEnd() {
      return outputEnd;
    }

    @Override
    public boolean hasStarted() {
      return !absent;
    }

    @Override
    public boolean kill(Duration grace) {
      kills.incrementAndGet();
      if (!unkillable) {
        exit(137);
      }
      return !unkillable;
    }

    @Override
    public void close() {
      processes.decrementAndGet();
      readsInput.countDown();
    }
  }
}
