package io.psconnect.spi;

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
            OutputPump.start(process.getInputStream(), output::stdout, threadName("stdout")),
            OutputPump.start(process.getErrorStream(), output::stderr, threadName("stderr")));
  }

  /**
   * Not {@link Process#onExit()}: it needs the common pool, which on a small machine is one thread.
   */
  private CompletableFuture<Integer> awaitExit() {
    CompletableFuture<Integer> exit = new CompletableFuture<>();
    Thread waiter = new Thread(() -> exit.complete(exitValue()), threadName("exit"));
    waiter.setDaemon(true);
    waiter.start();
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

  private String threadName(String work) {
    return "psconnect-" + work + "-" + process.pid();
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
