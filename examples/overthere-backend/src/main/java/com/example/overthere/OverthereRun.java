package com.example.overthere;

import com.xebialabs.overthere.OverthereProcess;
import io.psconnect.powershell.ProcessAnnouncement;
import io.psconnect.spi.OutputPump;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A PowerShell that Overthere has started. */
final class OverthereRun implements RemoteProcess {
  private final OverthereProcess process;
  private final OverthereTransport transport;
  private final ProcessAnnouncement stderr;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnd;

  OverthereRun(OverthereProcess process, OutputSink output, OverthereTransport transport) {
    this.process = process;
    this.transport = transport;
    stderr = new ProcessAnnouncement(output::stderr);
    outputEnd =
        CompletableFuture.allOf(
            OutputPump.start(process.getStdout(), output::stdout, "overthere-stdout"),
            OutputPump.start(process.getStderr(), stderr::write, "overthere-stderr")
                .thenRun(stderr::finish));
    Thread waiter = new Thread(this::awaitExit, "overthere-exit");
    waiter.setDaemon(true);
    waiter.start();
  }

  private void awaitExit() {
    try {
      exitCode.complete(process.waitFor());
    } catch (InterruptedException | RuntimeException e) {
      exitCode.completeExceptionally(transport.dropped(e));
    }
  }

  @Override
  public OutputStream stdin() {
    return process.getStdin();
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
  public boolean kill(Duration grace) {
    OptionalLong id = stderr.processId();
    boolean ended = id.isPresent() && transport.endTree(id.getAsLong(), grace);
    process.destroy();
    return ended;
  }

  @Override
  public void close() {}
}
