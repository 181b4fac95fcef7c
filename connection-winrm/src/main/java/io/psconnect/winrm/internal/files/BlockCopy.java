package io.psconnect.winrm.internal.files;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.QuotaException;
import io.psconnect.SessionDroppedException;
import io.psconnect.powershell.ReceivingScript;
import io.psconnect.spi.CopyProgress;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.SourceFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private final CopyProgress progress;
  private final String part = ReceivingScript.newTemporaryName();
  private final List<Receiver> receivers = new ArrayList<>();
  private final AtomicLong written = new AtomicLong();

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
    progress = new CopyProgress(copy, host.origin(), deadline);
  }

  /** Whether several receivers are worth their while. */
  public static boolean suits(FileCopy copy) {
    return SourceFile.sizeOf(copy.source()) > SMALLEST;
  }

  /** Copies the file. */
  public void run() throws ConnectionException, InterruptedException {
    try (SourceFile source = new SourceFile(copy.source())) {
      send(source);
      finish(source);
    } catch (TimeoutException e) {
      throw progress.timedOut(giveUp());
    } catch (InterruptedException e) {
      giveUp();
      throw progress.interrupted();
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
    IOException cause = failure(e);
    if (cause instanceof SourceFile.UnreadableException) {
      return cause;
    }
    for (Receiver receiver : receivers) {
      if (receiver.allWritten().isCompletedExceptionally()) {
        return reason(receiver, cause);
      }
    }
    return cause;
  }

  /** What is no matter of input and output, such as a full heap, comes out as it is. */
  private static IOException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException broken) {
      throw broken;
    }
    if (e.getCause() instanceof Error broken) {
      throw broken;
    }
    return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
  }

  private static IOException reason(Receiver receiver, IOException written)
      throws InterruptedException {
    try {
      receiver.exitCode().get(CLEANUP_GRACE.toNanos(), TimeUnit.NANOSECONDS);
      return new IOException(receiver.reason(), written);
    } catch (TimeoutException none) {
      return written;
    } catch (ExecutionException lost) {
      return failure(lost);
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
      throw failure(e);
    }
  }

  private void report(SourceFile source) {
    progress.report(Math.min(written.get(), source.size()), source.size());
  }

  private void finish(SourceFile source)
      throws IOException, TimeoutException, InterruptedException {
    Receiver first = receivers.get(0);
    requireTime();
    progress.finishing();
    try {
      first.finish(source.position(), source.sha256());
    } catch (IOException e) {
      await(first.exitCode(), source);
      throw e;
    }
    await(first.exitCode(), source);
  }

  /** Returns whether the end of all receivers was seen. */
  private boolean giveUp() throws InterruptedException {
    if (receivers.isEmpty()) {
      return true;
    }
    Receiver first = receivers.get(0);
    boolean othersEnded = giveUp(receivers.subList(1, receivers.size()));
    boolean isLast = !first.exitCode().isDone();
    boolean ended = giveUp(List.of(first)) && othersEnded;
    if (!isPartRemoved(first, isLast)) {
      removePart();
    }
    return ended;
  }

  /**
   * The first goes last, and takes the temporary file with it: another that has all its blocks may
   * still make that file, and leave it. But the first may have gone before, or was killed.
   */
  private boolean isPartRemoved(Receiver first, boolean isLast) {
    return isLast && first.hasRemoved() || receivers.stream().allMatch(Receiver::hasRemoved);
  }

  /** By one that gets nothing. */
  private void removePart() throws InterruptedException {
    Deadline grace = Deadline.after(CLEANUP_GRACE);
    try (Receiver remover = Receiver.start(host, copy.target(), part, false, grace)) {
      remover.receiveNothing();
      remover.awaitEnd(grace);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> host.origin() + ": " + part + " may have been left", e);
    }
  }

  private static boolean giveUp(List<Receiver> some) throws InterruptedException {
    some.forEach(Receiver::giveUp);
    Deadline grace = Deadline.after(CLEANUP_GRACE);
    boolean ended = true;
    for (Receiver receiver : some) {
      ended &= receiver.awaitEnd(grace);
    }
    return ended;
  }

  private ConnectionException failed(IOException e) {
    if (e instanceof SessionDroppedException) {
      return progress.lost(e.getMessage(), part, e);
    }
    return e instanceof ConnectionException known ? known : progress.failed(e);
  }
}
