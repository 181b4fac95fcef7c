package io.psconnect.winrm.internal.files;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.QuotaException;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file copied by several receivers at once: each message to the host waits for its answer, so
 * one after another would wait most of the time. The first receiver finishes when the others are
 * done.
 */
public final class BlockCopy {
  private static final System.Logger LOG = System.getLogger(BlockCopy.class.getName());

  /** A smaller one is with one receiver before a second has come up. */
  private static final long SMALLEST = 1 << 20;

  private static final int MOST_RECEIVERS = 4;
  private static final Duration BETWEEN_REPORTS = Duration.ofMillis(100);

  /** How long receivers have, when the copy is given up, to remove the temporary file. */
  private static final Duration CLEANUP_GRACE = Duration.ofSeconds(10);

  private final FileCopy copy;
  private final CopyHost host;
  private final Deadline deadline;
  private final String part = "." + UUID.randomUUID().toString().replace("-", "") + ".part";
  private final List<Receiver> receivers = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private long reported;
  private boolean finishing;

  /**
   * A copy that {@link #suits}.
   *
   * @param copy what to copy
   * @param host where to
   * @param deadline by which it must be done
   */
  public BlockCopy(FileCopy copy, CopyHost host, Deadline deadline) {
    this.copy = copy;
    this.host = host;
    this.deadline = deadline;
  }

  /** Whether several receivers are worth their while. */
  public static boolean suits(FileCopy copy) {
    return size(copy.source()) > SMALLEST;
  }

  /** Whoever reads it will say why he cannot. */
  private static long size(Path source) {
    try {
      return Files.size(source);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Copies the file. */
  public void run() throws ConnectionException, InterruptedException {
    try (SourceFile source = new SourceFile(copy.source())) {
      send(source);
      finish(source);
    } catch (TimeoutException e) {
      throw timedOut(giveUp());
    } catch (InterruptedException e) {
      giveUp();
      throw new InterruptedException(
          "%s: interrupted; %s is %s".formatted(host.origin(), copy.target(), outcome()));
    } catch (IOException e) {
      giveUp();
      throw failed(e);
    } catch (RuntimeException | Error e) {
      giveUp();
      throw e;
    } finally {
      receivers.forEach(Receiver::close);
    }
  }

  private void send(SourceFile source) throws IOException, TimeoutException, InterruptedException {
    int wanted = (int) Math.min(MOST_RECEIVERS, (source.size() + SMALLEST - 1) / SMALLEST);
    for (int number = 0; number < wanted && add(source, number); number++) {
      report(source);
    }
    for (Receiver receiver : receivers) {
      await(receiver.allWritten(), source);
    }
    for (Receiver receiver : receivers.subList(1, receivers.size())) {
      await(receiver.exitCode(), source);
    }
  }

  /** Where the host takes no more commands, those that there are do it. */
  private boolean add(SourceFile source, int number)
      throws ConnectionException, InterruptedException {
    try {
      Receiver receiver = Receiver.start(host, copy.target(), part, number == 0, deadline);
      receivers.add(receiver);
      receiver.take(source, written, number);
      return true;
    } catch (QuotaException e) {
      if (receivers.isEmpty()) {
        throw e;
      }
      LOG.log(Level.DEBUG, () -> host.origin() + ": fewer receivers than wanted", e);
      return false;
    }
  }

  /** Waits, tells how far it has come, and sees that none of the receivers is gone. */
  private void await(CompletableFuture<?> event, SourceFile source)
      throws IOException, TimeoutException, InterruptedException {
    while (!isDone(event)) {
      requireTime();
      requireReceivers();
      report(source);
    }
    requireReceivers();
    report(source);
  }

  private boolean isDone(CompletableFuture<?> event) throws IOException, InterruptedException {
    long nanos = Math.min(deadline.remainingNanos(), BETWEEN_REPORTS.toNanos());
    try {
      event.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw cause(e);
    }
  }

  /** One that takes no more has ended, or soon will have: its end tells why. */
  private IOException cause(ExecutionException e) throws InterruptedException {
    if (e.getCause() instanceof RuntimeException broken) {
      throw broken;
    }
    if (e.getCause() instanceof SourceFile.UnreadableException unreadable) {
      return unreadable;
    }
    for (Receiver receiver : receivers) {
      if (receiver.allWritten().isCompletedExceptionally()) {
        return reason(receiver, e);
      }
    }
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }

  private static IOException reason(Receiver receiver, ExecutionException e)
      throws InterruptedException {
    try {
      receiver.exitCode().get(CLEANUP_GRACE.toNanos(), TimeUnit.NANOSECONDS);
      return new IOException(receiver.reason(), e);
    } catch (TimeoutException none) {
      return new IOException(e.getCause().getMessage(), e);
    } catch (ExecutionException lost) {
      return lost.getCause() instanceof IOException io ? io : new IOException(lost.getCause());
    }
  }

  private void requireTime() throws TimeoutException {
    if (deadline.hasPassed()) {
      throw new TimeoutException();
    }
  }

  private void requireReceivers() throws IOException, InterruptedException {
    for (Receiver receiver : receivers) {
      if (receiver.exitCode().isDone() && exitCode(receiver) != 0) {
        throw new IOException(receiver.reason());
      }
    }
  }

  private static int exitCode(Receiver receiver) throws IOException, InterruptedException {
    try {
      return receiver.exitCode().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException lost ? lost : new IOException(e.getCause());
    }
  }

  private void report(SourceFile source) {
    long now = Math.min(written.get(), source.size());
    if (now > reported) {
      reported = now;
      copy.listener().onProgress(now, source.size());
    }
  }

  private void finish(SourceFile source)
      throws IOException, TimeoutException, InterruptedException {
    Receiver first = receivers.get(0);
    requireTime();
    finishing = true;
    try {
      first.finish(source.position(), source.sha256Digest());
    } catch (IOException e) {
      await(first.exitCode(), source);
      throw e;
    }
    await(first.exitCode(), source);
  }

  /** Returns whether the end of all receivers was seen. */
  private boolean giveUp() throws InterruptedException {
    receivers.forEach(Receiver::giveUp);
    Deadline grace = Deadline.after(CLEANUP_GRACE);
    boolean ended = true;
    for (Receiver receiver : receivers) {
      ended &= receiver.awaitEnd(grace);
    }
    return ended;
  }

  private ConnectionTimeoutException timedOut(boolean ended) {
    return new ConnectionTimeoutException(
        host.origin(),
        state(),
        ended ? Termination.CONFIRMED : Termination.UNCONFIRMED,
        "%s was not copied within %s and is %s"
            .formatted(copy.target(), DurationText.of(deadline.allowed()), outcome()));
  }

  private ConnectionException failed(IOException e) {
    if (e instanceof SourceFile.UnreadableException) {
      return new FileCopyException(host.origin(), e.getMessage(), e);
    }
    if (e instanceof SessionDroppedException) {
      return new SessionDroppedException(
          host.origin(),
          state(),
          "%s; %s is %s, and a file %s may have been left beside it"
              .formatted(e.getMessage(), copy.target(), outcome(), part),
          e);
    }
    return e instanceof ConnectionException known
        ? known
        : new FileCopyException(
            host.origin(),
            "%s could not be written on the host: %s".formatted(copy.target(), e.getMessage()),
            e);
  }

  /** Once the host has been told that all is there, the answer alone can be lost. */
  private String outcome() {
    return finishing ? "as it was, or the new file" : "as it was";
  }

  private ScriptState state() {
    return finishing ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED;
  }
}
