package io.psconnect.winrm.internal.shell;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.winrm.internal.wsman.BrokenAnswerException;
import io.psconnect.winrm.internal.wsman.FaultException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** One command's use of a shell, from its begin to its end. */
final class ShellUse {
  private static final System.Logger LOG = System.getLogger(ShellUse.class.getName());
  private static final AtomicLong COUNT = new AtomicLong();

  private final ShellHost host;
  private final ShellPool pool;
  private final Background background;
  private final Shell shell;
  private final long number = COUNT.incrementAndGet();

  ShellUse(ShellHost host, ShellPool pool, Background background, Shell shell) {
    this.host = host;
    this.pool = pool;
    this.background = background;
    this.shell = shell;
  }

  ShellHost host() {
    return host;
  }

  Background background() {
    return background;
  }

  /** For the names of threads. */
  long number() {
    return number;
  }

  /**
   * Starts the command. If that fails, the use has ended.
   *
   * @throws FaultException if the host would not
   */
  ShellCommand begin(String powerShell, String arguments, BooleanSupplier isOver)
      throws ConnectionException, FaultException, InterruptedException {
    try {
      String id =
          host.ask(
                  messages -> messages.command(shell.id(), powerShell, arguments),
                  Phase.START,
                  ScriptState.MAY_HAVE_RUN)
              .commandId();
      return new ShellCommand(host, shell.id(), id, isOver);
    } catch (FaultException e) {
      refused(e);
      throw e;
    } catch (BrokenAnswerException e) {
      unclear();
      throw host.broken(e, Phase.START);
    } catch (ConnectionException e) {
      failed(e);
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      unclear();
      throw e;
    }
  }

  /** A shell that has not heard of the command is as good as before. */
  private void failed(ConnectionException e) {
    if (e.scriptState() == ScriptState.NOT_STARTED) {
      pool.release(shell);
    } else {
      unclear();
    }
  }

  private void refused(FaultException e) {
    if (e.fault().isShellLost()) {
      pool.forget(shell);
      pool.release(shell);
    } else if (e.fault().isQuota()) {
      pool.refuse(shell);
    } else if (e.fault().isRefusal()) {
      pool.release(shell);
    } else {
      unclear();
    }
  }

  /** A command may run there whose id we do not know. */
  private void unclear() {
    pool.retire(shell);
    pool.release(shell);
  }

  /**
   * Ends the use. The host keeps a command that has ended until it is told to let go; nobody waits
   * for that.
   *
   * @param hasEnded whether the host has said that the command has ended
   */
  void end(ShellCommand command, boolean hasEnded) {
    if (hasEnded) {
      background.run(() -> letGo(command));
    } else {
      pool.retire(shell);
    }
    pool.release(shell);
  }

  private void letGo(ShellCommand command) {
    try {
      command.terminate();
    } catch (ConnectionException | FaultException e) {
      LOG.log(Level.DEBUG, () -> host.origin(Phase.RUN) + ": the host has let go already", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nobody waits for the command, which may still run. */
  void giveUp() {
    pool.retire(shell);
  }
}
