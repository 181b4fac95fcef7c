package io.psconnect.ssh.internal;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends a process on the host and what it has started, from a second PowerShell: sshd leaves them
 * running when a channel is closed.
 */
final class ProcessTree {
  private static final System.Logger LOG = System.getLogger(ProcessTree.class.getName());

  private final SshLink link;
  private final ExecChannels channels;
  private final RemoteCommand command;

  ProcessTree(SshLink link, ExecChannels channels, RemoteCommand command) {
    this.link = link;
    this.channels = channels;
    this.command = command;
  }

  SshLink link() {
    return link;
  }

  /** Returns whether the end was seen. */
  boolean end(long processId, Deadline deadline) throws InterruptedException {
    if (!link.isAlive()) {
      return false;
    }
    Duration patience = Duration.ofNanos(deadline.remainingNanos());
    PowerShellLaunch launch =
        PowerShellLaunch.of(
            ProcessTreeEnd.script(processId, patience), Carrier.INLINE, Integer.MAX_VALUE);
    try {
      return succeeds(channels.open(link, command.line(launch.arguments()), deadline), deadline);
    } catch (ConnectionException e) {
      LOG.log(Level.DEBUG, "no second process could be started to end the first", e);
      return false;
    }
  }

  private static boolean succeeds(ExecChannel channel, Deadline deadline)
      throws InterruptedException {
    try {
      channel.getInvertedIn().close();
      CompletableFuture<Object> end = new CompletableFuture<>();
      channel.exitStatus().thenAccept(end::complete);
      channel.addCloseFutureListener(closed -> end.complete("no exit status"));
      return end.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS).equals(0);
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "the end of a process was not seen", e);
      return false;
    } finally {
      channel.close(false);
    }
  }
}
