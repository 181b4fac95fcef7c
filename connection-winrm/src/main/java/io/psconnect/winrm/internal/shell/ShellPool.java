package io.psconnect.winrm.internal.shell;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Phase;
import io.psconnect.QuotaException;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.internal.wsman.FaultException;
import io.psconnect.winrm.internal.wsman.FaultTable;
import io.psconnect.winrm.internal.wsman.ShellMessages;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The shells of one connection. A shell takes many commands, one after another and beside each
 * other; more shells are made when those there are have enough to do. A shell that nobody waits for
 * any more, because its maker was interrupted, is there for the next.
 */
final class ShellPool {
  private static final System.Logger LOG = System.getLogger(ShellPool.class.getName());

  /** From this many commands on, another shell is better. */
  private static final int ENOUGH = 5;

  /** How long to wait for others' commands to end, when the host allows no more. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long the host is not asked again, after it has refused another shell. */
  private static final Duration RESPITE = Duration.ofSeconds(10);

  private static final Duration END_PATIENCE = Duration.ofSeconds(5);

  private final ShellHost host;
  private final Background background;
  private final int maxShells;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Shell> shells = new ArrayList<>();
  private Deadline respite = Deadline.after(Duration.ofNanos(1));
  private boolean isCreating;
  private boolean closed;

  /**
   * @param patience with others' commands, {@link #PATIENCE} but in tests
   */
  ShellPool(ShellHost host, Background background, int maxShells, Duration patience) {
    this.host = host;
    this.background = background;
    this.maxShells = maxShells;
    this.patience = patience;
  }

  /** A shell for one command more, to be {@linkplain #release released}. */
  Shell acquire(Deadline deadline) throws ConnectionException, InterruptedException {
    Deadline ofOthers = Deadline.after(patience);
    while (true) {
      Optional<Shell> shell = takeOrWait(deadline, ofOthers);
      if (shell.isPresent()) {
        return shell.get();
      }
      if (beginsCreating()) {
        create(deadline);
      }
    }
  }

  /** Empty if there is none, and things have changed or a new one may be created. */
  private Optional<Shell> takeOrWait(Deadline deadline, Deadline ofOthers)
      throws ConnectionException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<Shell> best = best();
      if (best.isPresent() && (best.get().commands() < ENOUGH || !mayCreate())) {
        best.get().take();
        return best;
      }
      if (!mayCreate()) {
        awaitChange(deadline, ofOthers);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Shell> best() {
    return shells.stream().filter(Shell::isUsable).min(Comparator.comparingInt(Shell::commands));
  }

  private boolean mayCreate() {
    return !isCreating && !closed && shells.size() < maxShells && respite.hasPassed();
  }

  /** A shell that is being made is not one of a host that allows no more. */
  private void awaitChange(Deadline deadline, Deadline ofOthers)
      throws ConnectionException, InterruptedException {
    long most = deadline.remainingNanos();
    long nanos = isCreating ? most : Math.min(most, ofOthers.remainingNanos());
    if (closed || nanos == 0 || changed.awaitNanos(nanos) <= 0) {
      throw noShell(deadline);
    }
  }

  private ConnectionException closed() {
    return new ConnectionException(
        host.origin(Phase.START), ScriptState.NOT_STARTED, "the connection is closed", null);
  }

  private ConnectionException noShell(Deadline deadline) {
    if (closed) {
      return closed();
    }
    return deadline.hasPassed()
        ? timedOut(deadline)
        : new QuotaException(
            host.origin(Phase.START),
            "the host took no more commands in the shells it allows us, and none ended within %s;"
                    .formatted(DurationText.of(patience))
                + " run fewer at once, or raise its limits (winrm/config/winrs)",
            null);
  }

  private ConnectionTimeoutException timedOut(Deadline deadline) {
    return new ConnectionTimeoutException(
        host.origin(Phase.START),
        ScriptState.NOT_STARTED,
        Termination.NOT_NEEDED,
        "no shell was to be had within " + DurationText.of(deadline.allowed()));
  }

  private boolean beginsCreating() {
    lock.lock();
    try {
      boolean begins = mayCreate();
      isCreating |= begins;
      return begins;
    } finally {
      lock.unlock();
    }
  }

  /** On another thread: the host makes the shell whether or not we wait for it. */
  private void create(Deadline deadline) throws ConnectionException, InterruptedException {
    CompletableFuture<Void> creation = new CompletableFuture<>();
    if (!background.run(() -> create(creation))) {
      settle(null, null);
      throw closed();
    }
    try {
      creation.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(deadline);
    } catch (ExecutionException e) {
      failed(e.getCause());
    }
  }

  private void create(CompletableFuture<Void> creation) {
    Shell made = null;
    Throwable failure = null;
    try {
      made =
          new Shell(
              host.ask(ShellMessages::create, Phase.START, ScriptState.NOT_STARTED).shellId());
    } catch (Throwable e) { // Whoever waits is told, of an Error too.
      failure = e;
    }
    if (!settle(made, failure)) {
      delete(made);
    }
    if (failure == null) {
      creation.complete(null);
    } else {
      creation.completeExceptionally(failure);
    }
  }

  /** False if there is a shell for which it is too late: everything else has been deleted. */
  private boolean settle(Shell made, Throwable failure) {
    lock.lock();
    try {
      isCreating = false;
      if (isQuota(failure)) {
        respite = Deadline.after(shells.isEmpty() ? Duration.ofNanos(1) : RESPITE);
      }
      changed.signalAll();
      return made == null || !closed && shells.add(made);
    } finally {
      lock.unlock();
    }
  }

  /** The host may have enough shells of ours, or of others; then those that we have must do. */
  private void failed(Throwable cause) throws ConnectionException {
    if (isQuota(cause) && hasShells()) {
      LOG.log(Level.DEBUG, () -> host.origin(Phase.START) + ": no more shells", cause);
      return;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw exception(cause);
  }

  private static boolean isQuota(Throwable cause) {
    return cause instanceof FaultException e && e.fault().isQuota();
  }

  private boolean hasShells() {
    lock.lock();
    try {
      return !shells.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The script has not started, whatever became of the shell. */
  private ConnectionException exception(Throwable cause) {
    if (cause instanceof FaultException e) {
      return FaultTable.exception(
          e, host.origin(Phase.START), "the request for a shell", ScriptState.NOT_STARTED);
    }
    if (cause instanceof ConnectionException e) {
      return host.beforeTheScript(e, Phase.START, "no shell could be created");
    }
    return new ConnectionException(
        host.origin(Phase.START),
        ScriptState.NOT_STARTED,
        "no shell could be created: " + cause.getMessage(),
        cause);
  }

  /** A command has ended, or was not begun. */
  void release(Shell shell) {
    giveBack(shell, Shell::giveBack);
  }

  /**
   * The host takes no more commands in it, for now; it took not even this one. Where that is so in
   * a new shell, another would not help, and the end of the commands in the others may.
   */
  void refuse(Shell shell) {
    giveBack(
        shell,
        refusing -> {
          refusing.refuse();
          if (refusing.isRetired() && isBusy()) {
            respite = Deadline.after(RESPITE);
          }
        });
  }

  private void giveBack(Shell shell, Consumer<Shell> change) {
    lock.lock();
    try {
      change.accept(shell);
      deleteIfDone(shell);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** It may have commands of which we do not know: they end with it, when the others have ended. */
  void retire(Shell shell) {
    change(shell::retire);
  }

  /** The host does not know it any more. */
  void forget(Shell shell) {
    change(
        () -> {
          shell.retire();
          shells.remove(shell);
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether commands are running, whose end would make room. */
  boolean isBusy() {
    lock.lock();
    try {
      return shells.stream().anyMatch(shell -> shell.commands() > 0);
    } finally {
      lock.unlock();
    }
  }

  /** It counts until the host has deleted it. */
  private void deleteIfDone(Shell shell) {
    if (shell.isRetired() && shell.commands() == 0 && shells.contains(shell)) {
      background.run(
          () -> {
            delete(shell);
            forget(shell);
          });
    }
  }

  private void delete(Shell shell) {
    try {
      host.askToTidy(messages -> messages.delete(shell.id()), Phase.CLOSE);
    } catch (ConnectionException | FaultException e) {
      LOG.log(Level.DEBUG, () -> host.origin(Phase.CLOSE) + ": a shell was not deleted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes all shells, and with them whatever still runs there. */
  void close() {
    lock.lock();
    try {
      closed = true;
      shells.forEach(shell -> background.run(() -> delete(shell)));
      shells.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    background.close(END_PATIENCE);
  }
}
