package io.psconnect.spi;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Health;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnsupportedBackendException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection that every backend hands out: a {@link Transport}, and above it what is the same
 * for all: the launch of PowerShell, input, output, deadlines, the end of what was given up, and
 * the connection's life.
 *
 * <p>Safe for use by many threads. A call needs a few threads of its own for as long as it lasts; a
 * connection that is idle has none but those of the processes it keeps waiting.
 */
public final class PowerShellConnection implements Connection {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);
  private static final String ASK_FOR_VERSION =
      "\"$($PSVersionTable.PSVersion)\"; \"$($PSVersionTable.PSEdition)\"; "
          + "\"$([Environment]::OSVersion)\"";

  private enum State {
    NEW,
    OPEN,
    CLOSED
  }

  private final Transport transport;
  private final Duration commandTimeout;
  private final Standby standby;
  private final Opening opening = new Opening(this::closedDuringOpening);
  private final ReentrantLock lifecycle = new ReentrantLock();
  private final Set<ScriptCall> calls = ConcurrentHashMap.newKeySet();
  private volatile State state = State.NEW;

  /**
   * A connection over a transport, which from now on belongs to it.
   *
   * @param transport reaches the host
   * @param commandTimeout how long a script may take that does not say so itself; {@link
   *     Duration#ZERO} for any time
   * @throws IllegalArgumentException if the timeout is negative
   */
  public PowerShellConnection(Transport transport, Duration commandTimeout) {
    this(transport, commandTimeout, 0);
  }

  /**
   * A connection that keeps PowerShell processes waiting, so that a call need not wait for one to
   * start. Each serves one call, and another is started behind it. Scripts then go by {@link
   * io.psconnect.Carrier#FRAMED}, unless they ask for the other.
   *
   * @param transport reaches the host
   * @param commandTimeout how long a script may take that does not say so itself; {@link
   *     Duration#ZERO} for any time
   * @param standby how many processes wait while the connection is open; zero for none
   * @throws IllegalArgumentException if the timeout or the number is negative
   */
  public PowerShellConnection(Transport transport, Duration commandTimeout, int standby) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.commandTimeout = OptionChecks.timeout("commandTimeout", commandTimeout);
    if (standby < 0) {
      throw new IllegalArgumentException(
          "standby is %d; it must be zero or more".formatted(standby));
    }
    this.standby = new Standby(transport, standby);
  }

  @Override
  public String backend() {
    return transport.backend();
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      if (state == State.CLOSED) {
        throw notOpen();
      }
      if (state == State.NEW) {
        opening.run(transport::open);
        state = State.OPEN;
        standby.refill();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public Result runScript(Script script) throws ConnectionException, InterruptedException {
    Objects.requireNonNull(script, "script");
    requireOpen();
    Deadline deadline = Deadline.after(script.timeout().orElse(commandTimeout));
    return run(new ScriptCall(transport, standby, script, Phase.RUN, deadline));
  }

  private Result run(ScriptCall call) throws ConnectionException, InterruptedException {
    calls.add(call);
    try {
      requireOpen();
      return call.run();
    } finally {
      calls.remove(call);
      call.end();
      standby.refill();
    }
  }

  @Override
  public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
    Objects.requireNonNull(copy, "copy");
    requireOpen();
    Deadline deadline = Deadline.after(copy.timeout().orElse(Duration.ZERO));
    if (!transport.copyFile(copy, deadline)) {
      copyThroughPowerShell(new FileUpload(copy), deadline);
    }
  }

  private void copyThroughPowerShell(FileUpload upload, Deadline deadline)
      throws ConnectionException, InterruptedException {
    Result result = run(new ScriptCall(transport, standby, upload.script(), Phase.COPY, deadline));
    upload.requireSuccess(result, origin(Phase.COPY));
  }

  @Override
  public Health healthcheck() throws ConnectionException, InterruptedException {
    Result result = runScript(ASK_FOR_VERSION);
    List<String> lines = result.stdout().lines().toList();
    if (!result.succeeded() || lines.size() != 3) {
      throw new UnsupportedBackendException(
          origin(Phase.RUN),
          "the host should say its PowerShell version, edition and system; it gave exit code %d and"
                  .formatted(result.exitCode())
              + " %d lines of output. Is it PowerShell that answers?".formatted(lines.size()),
          null);
    }
    return new Health(lines.get(0), lines.get(1), lines.get(2), result.duration());
  }

  @Override
  public void close() {
    opening.cancel();
    lifecycle.lock();
    try {
      if (state != State.CLOSED) {
        state = State.CLOSED;
        calls.forEach(call -> call.drop(closedDuring(call)));
        awaitCalls();
        standby.close();
        closeTransport();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private void awaitCalls() {
    Deadline deadline = Deadline.after(CLOSE_GRACE);
    calls.forEach(call -> call.awaitEnd(deadline));
  }

  /** Credentials are wiped whether or not the connection was ever opened. */
  private void closeTransport() {
    try {
      transport.close();
    } catch (RuntimeException e) {
      System.getLogger(PowerShellConnection.class.getName())
          .log(Level.WARNING, "closing " + origin(Phase.CLOSE) + " failed", e);
    }
  }

  private SessionDroppedException closedDuring(ScriptCall call) {
    return new SessionDroppedException(
        origin(call.phase()),
        call.scriptState(),
        "the connection was closed by another thread while the call was under way",
        null);
  }

  private SessionDroppedException closedDuringOpening() {
    return new SessionDroppedException(
        origin(Phase.CONNECT),
        ScriptState.NOT_STARTED,
        "the connection was closed by another thread while it was being opened",
        null);
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw notOpen();
    }
  }

  private IllegalStateException notOpen() {
    String advice = state == State.NEW ? "not open; call open() first" : "closed; make a new one";
    return new IllegalStateException(
        "the %s connection is %s".formatted(transport.backend(), advice));
  }

  private Origin origin(Phase phase) {
    return new Origin(transport.backend(), transport.host(), phase);
  }

  @Override
  public String toString() {
    return "PowerShellConnection[%s %s, %s]"
        .formatted(transport.backend(), transport.host(), state.name().toLowerCase(Locale.ROOT));
  }
}
