package io.psconnect.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A child of this Java process, with a thread for each of its output streams and one for its end:
 * PowerShell itself, or a program that reaches one elsewhere ({@code docker exec}, a vendor's
 * command line).
 */
public final class ChildProcess implements RemoteProcess {
  private final Process process;
  private final boolean holdsItsTree;
  private final CompletableFuture<Integer> exitCode;
  private final CompletableFuture<Void> outputEnd;

  /**
   * Takes over a process that has just been started.
   *
   * @param process with all three streams piped, none of them touched
   * @param output given its output from now on
   * @param holdsItsTree whether PowerShell and all that it starts are this process and its
   *     descendants on this machine; if not, they may live on after {@link #kill}, which then does
   *     not claim to have seen their end
   */
  public ChildProcess(Process process, OutputSink output, boolean holdsItsTree) {
    this.process = Objects.requireNonNull(process, "process");
    this.holdsItsTree = holdsItsTree;
    exitCode = awaitExit();
    outputEnd =
        CompletableFuture.allOf(
            pump("stdout", process.getInputStream(), output::stdout),
            pump("stderr", process.getErrorStream(), output::stderr));
  }

  /**
   * Not {@link Process#onExit()}: it needs the common pool, which on a small machine is one thread.
   */
  private CompletableFuture<Integer> awaitExit() {
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    start("exit", () -> exit.complete(exitValue()));
    return exit;
  }

  private int exitValue() {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        // Nobody but us knows this thread, and we never interrupt it.
      }
    }
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, "psconnect-" + name + "-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  private interface Chunks {
    void accept(byte[] buffer, int offset, int length);
  }

  private CompletableFuture<Void> pump(String name, InputStream stream, Chunks chunks) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    start(name, () -> read(stream, chunks, end));
    return end;
  }

  private static void read(InputStream stream, Chunks chunks, CompletableFuture<Void> end) {
    byte[] buffer = new byte[1 << 16];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        chunks.accept(buffer, 0, n);
      }
    } catch (IOException e) {
      // Closed by us, or gone with the process: either way there is no more.
    } finally {
      end.complete(null);
    }
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  @Override
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  @Override
  public CompletableFuture<Void> outputEnd() {
    return outputEnd;
  }

  /**
   * The descendants are listed before PowerShell is ended, because a process whose parent is gone
   * cannot be told from a stranger; and once more after, for what they started meanwhile.
   */
  @Override
  public boolean kill(Duration grace) throws InterruptedException {
    List<ProcessHandle> family = process.descendants().toList();
    process.destroyForcibly();
    List<ProcessHandle> all =
        Stream.concat(
                Stream.of(process.toHandle()),
                family.stream()
                    .flatMap(member -> Stream.concat(Stream.of(member), member.descendants())))
            .distinct()
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    return allEnded(all, grace) && holdsItsTree;
  }

  private static boolean allEnded(List<ProcessHandle> processes, Duration grace)
      throws InterruptedException {
    CompletableFuture<?>[] exits =
        processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(grace.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** The streams close by themselves when their last holder has gone. */
  @Override
  public void close() {}
}
