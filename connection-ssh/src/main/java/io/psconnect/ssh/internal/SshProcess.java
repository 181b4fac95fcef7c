package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.powershell.ProcessAnnouncement;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputPump;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PowerShell process at the other end of a channel. */
final class SshProcess implements RemoteProcess {
  private final ExecChannel channel;
  private final ProcessTree tree;
  private final Origin origin;
  private final ProcessAnnouncement announcement;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnd;

  SshProcess(ExecChannel channel, OutputSink output, ProcessTree tree, Origin origin) {
    this.channel = channel;
    this.tree = tree;
    this.origin = origin;
    announcement = new ProcessAnnouncement(output::stderr);
    outputEnd =
        CompletableFuture.allOf(
            OutputPump.start(channel.getInvertedOut(), output::stdout, threadName("stdout")),
            OutputPump.start(channel.getInvertedErr(), announcement::write, threadName("stderr"))
                .thenRun(announcement::finish));
    channel.exitStatus().thenAccept(exitCode::complete);
    channel.addCloseFutureListener(closed -> exitCode.completeExceptionally(noExitStatus()));
  }

  private String threadName(String work) {
    return "psconnect-ssh-%s-%d".formatted(work, channel.getChannelId());
  }

  private ConnectionException noExitStatus() {
    if (channel.isCommandRefused()) {
      return new UnsupportedBackendException(
          origin,
          "the host does not run commands for this user (it refused the exec request); look at"
              + " ForceCommand and the login shell",
          null);
    }
    return new SessionDroppedException(origin, ScriptState.MAY_HAVE_RUN, endWithoutStatus(), null);
  }

  private String endWithoutStatus() {
    String signal = channel.getExitSignal();
    if (signal != null) {
      return "the command was ended on the host by signal " + signal + "; it has no exit code";
    }
    return channel.getSession().isOpen()
        ? "the host closed the channel without an exit status"
        : "the session was lost: " + tree.link().endReason();
  }

  @Override
  public OutputStream stdin() {
    return channel.getInvertedIn();
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
    return announcement.processId().isPresent();
  }

  /** PowerShell may not be up yet; then its id is waited for. */
  @Override
  public boolean kill(Duration grace) throws InterruptedException {
    Deadline deadline = Deadline.after(grace);
    try {
      OptionalLong id =
          announcement.awaitedId().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return id.isPresent() && tree.end(id.getAsLong(), deadline);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    channel.close(false);
  }
}
