package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.QuotaException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;

/**
 * Opens channels for commands. A host that allows fewer at once than we want (MaxSessions of
 * sshd_config) refuses to open one; that is waited out for a while.
 */
final class ExecChannels {
  private static final System.Logger LOG = System.getLogger(ExecChannels.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Function<Phase, Origin> origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closed = lock.newCondition();

  ExecChannels(Function<Phase, Origin> origin) {
    this.origin = origin;
  }

  /** A channel whose command has been sent. */
  ExecChannel open(SshLink link, String command, Deadline deadline)
      throws ConnectionException, InterruptedException {
    Deadline patience = Deadline.after(PATIENCE);
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        return opened(link, command, deadline);
      } catch (ExecutionException e) {
        if (!isRefusal(e.getCause())) {
          throw dropped(link, e.getCause());
        }
        awaitClose(pause, deadline);
        if (patience.hasPassed() || deadline.hasPassed()) {
          throw refused(patience, e.getCause());
        }
      }
      pause = longer(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private ExecChannel opened(SshLink link, String command, Deadline deadline)
      throws ConnectionException, InterruptedException, ExecutionException {
    ExecChannel channel = new ExecChannel(command);
    CompletableFuture<Void> opening = new CompletableFuture<>();
    try {
      link.session().getService(ConnectionService.class).registerChannel(channel);
      // In this order: a channel that is refused is closed too, and the refusal is what counts.
      channel.open().addListener(open -> settle(opening, open.getException()));
      channel.addCloseFutureListener(end -> signalClosed(opening));
      opening.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return channel;
    } catch (IOException | IllegalStateException e) {
      throw new ExecutionException(e);
    } catch (TimeoutException e) {
      giveUp(channel);
      throw timedOut(channel, deadline);
    } catch (InterruptedException e) {
      giveUp(channel);
      throw e;
    }
  }

  /** The host may open it yet, and then has to be told: closing at once would not tell it. */
  private static void giveUp(ExecChannel channel) {
    channel.close(false);
  }

  private static void settle(CompletableFuture<Void> opening, Throwable failure) {
    if (failure == null) {
      opening.complete(null);
    } else {
      opening.completeExceptionally(failure);
    }
  }

  private void signalClosed(CompletableFuture<Void> opening) {
    opening.completeExceptionally(new IOException("the channel was closed"));
    lock.lock();
    try {
      closed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What OpenSSH says beyond MaxSessions is "open failed", and the reason "connect failed". */
  private static boolean isRefusal(Throwable failure) {
    return failure instanceof SshChannelOpenException e
        && e.getReasonCode() != SshConstants.SSH_OPEN_UNKNOWN_CHANNEL_TYPE;
  }

  /** Until one of ours has closed, or for a pause: others may hold the session too. */
  private void awaitClose(Duration pause, Deadline deadline) throws InterruptedException {
    long nanos = Math.min(pause.toNanos(), deadline.remainingNanos());
    lock.lock();
    try {
      if (closed.awaitNanos(nanos) > 0) {
        LOG.log(Level.DEBUG, "a channel was closed; another may be opened now");
      }
    } finally {
      lock.unlock();
    }
  }

  private QuotaException refused(Deadline patience, Throwable cause) {
    return new QuotaException(
        origin.apply(Phase.START),
        "the host refused to open a channel for %s (it says: %s); lower maxSessions, or raise"
                .formatted(DurationText.of(patience.elapsed()), cause.getMessage())
            + " MaxSessions in the host's sshd_config",
        cause);
  }

  private ConnectionException dropped(SshLink link, Throwable cause) {
    return new SessionDroppedException(
        origin.apply(Phase.START),
        ScriptState.NOT_STARTED,
        "the session was lost before the command was sent: " + link.endReason(),
        cause);
  }

  private ConnectionException timedOut(ExecChannel channel, Deadline deadline) {
    boolean sent = channel.isCommandSent();
    return new ConnectionTimeoutException(
        origin.apply(Phase.START),
        sent ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED,
        sent ? Termination.UNCONFIRMED : Termination.NOT_NEEDED,
        "the host opened no channel within " + DurationText.of(deadline.allowed()));
  }
}
