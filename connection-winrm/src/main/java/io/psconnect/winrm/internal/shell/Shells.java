package io.psconnect.winrm.internal.shell;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.wsman.Fault;
import io.psconnect.winrm.internal.wsman.FaultException;
import io.psconnect.winrm.internal.wsman.FaultTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Starts PowerShell in the shells of one host. Safe for many threads. */
public final class Shells implements AutoCloseable {
  /** The host runs every command in cmd.exe, which takes this much. */
  private static final int COMMAND_LINE_LIMIT = 8191;

  /** A command that the host refuses for its limits, with nothing of ours to wait for. */
  private static final int MOST_REFUSALS = 2;

  /** How long the end of a process is waited for whose start was given up. */
  private static final Duration KILL_GRACE = Duration.ofSeconds(3);

  private final ShellSettings settings;
  private final String powerShell;
  private final Background background = new Background();
  private final ShellHost host;
  private final ShellPool pool;
  private final Presence presence;

  /**
   * Shells on a host.
   *
   * @param channel carries the messages; not closed with the shells
   * @param origin where a phase takes place
   */
  public Shells(HttpChannel channel, ShellSettings settings, Function<Phase, Origin> origin) {
    this.settings = settings;
    powerShell = quoted(settings.powerShell());
    host = new ShellHost(channel, settings, origin);
    pool = new ShellPool(host, background, settings.maxShells(), ShellPool.PATIENCE);
    presence = new Presence(this::start, argumentBudget());
  }

  private static String quoted(String path) {
    return path.contains(" ") && !path.startsWith("\"") ? '"' + path + '"' : path;
  }

  /** How long PowerShell's arguments may be. */
  public int argumentBudget() {
    return COMMAND_LINE_LIMIT - powerShell.length() - 1;
  }

  /** Creates the first shell, so that a host that will not is told of now. */
  public void open() throws ConnectionException, InterruptedException {
    host.identify();
    pool.release(pool.acquire(Deadline.none()));
  }

  /**
   * Starts PowerShell. Where the host has certainly not begun the command, because it has lost the
   * shell or is at a limit, it is sent again, in another shell.
   */
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException {
    return start(arguments, output, deadline, true);
  }

  /**
   * Starts one more PowerShell that only helps those that run: where the host is at a limit, it is
   * not tried again, as their end may wait for this one.
   */
  public RemoteProcess startMore(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException {
    return start(arguments, output, deadline, false);
  }

  private RemoteProcess start(
      List<String> arguments, OutputSink output, Deadline deadline, boolean waitsForRoom)
      throws ConnectionException, InterruptedException {
    boolean waits = arguments.equals(PowerShellLaunch.standbyArguments());
    int losses = 0;
    int refusals = 0;
    while (true) {
      ShellUse use = new ShellUse(host, pool, background, pool.acquire(deadline));
      WinRmProcess process = new WinRmProcess(use, output, presence, waits);
      process.begin(powerShell, String.join(" ", arguments));
      try {
        awaitStart(process, deadline);
        return process;
      } catch (FaultException e) {
        losses += e.fault().isShellLost() ? 1 : 0;
        refusals += e.fault().isQuota() ? 1 : 0;
        boolean isFull = e.fault().isQuota() && !waitsForRoom;
        if (isFull || !mayTryAgain(e.fault(), losses, refusals)) {
          throw exception(e);
        }
      }
    }
  }

  /** Each of the shells may have been lost, and then a new one must do. */
  private boolean mayTryAgain(Fault fault, int losses, int refusals) {
    return fault.isShellLost() && losses <= settings.maxShells()
        || fault.isQuota() && (refusals < MOST_REFUSALS || pool.isBusy());
  }

  private ConnectionException exception(FaultException e) {
    ScriptState state = e.fault().isRefusal() ? ScriptState.NOT_STARTED : ScriptState.MAY_HAVE_RUN;
    return FaultTable.exception(e, host.origin(Phase.START), "the command", state);
  }

  private void awaitStart(WinRmProcess process, Deadline deadline)
      throws ConnectionException, FaultException, InterruptedException {
    try {
      process.started().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(deadline, giveUp(process));
    } catch (InterruptedException e) {
      Termination termination = giveUp(process);
      throw new InterruptedException(
          "%s: interrupted; %s".formatted(host.origin(Phase.START), termination.description()));
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static Termination giveUp(WinRmProcess process) throws InterruptedException {
    try (process) {
      return process.kill(KILL_GRACE) ? Termination.CONFIRMED : Termination.UNCONFIRMED;
    }
  }

  private ConnectionTimeoutException timedOut(Deadline deadline, Termination termination) {
    return new ConnectionTimeoutException(
        host.origin(Phase.START),
        ScriptState.MAY_HAVE_RUN,
        termination,
        "the host did not start PowerShell within " + DurationText.of(deadline.allowed()));
  }

  private static ConnectionException failed(Throwable cause) throws FaultException {
    if (cause instanceof FaultException e) {
      throw e;
    }
    if (cause instanceof ConnectionException e) {
      return e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException("the command could not be sent", cause);
  }

  /** Deletes the shells on the host, and waits a little for that. */
  @Override
  public void close() {
    pool.close();
  }
}
