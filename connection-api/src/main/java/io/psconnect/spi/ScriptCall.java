package io.psconnect.spi;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.powershell.PowerShellLaunch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One script's way through one PowerShell process, from its start to its result. */
final class ScriptCall {
  private static final System.Logger LOG = System.getLogger(ScriptCall.class.getName());

  /** How long after the exit nothing may come, when a child holds the streams. */
  private static final Duration OUTPUT_GRACE = Duration.ofSeconds(2);

  /** How long after the exit output may still come: a slow line's, or a child's that goes on. */
  private static final Duration LONGEST_OUTPUT_GRACE = Duration.ofSeconds(30);

  private static final Duration KILL_GRACE = Duration.ofSeconds(10);

  /** How long a file's receiver has, when a copy is given up, to remove its temporary file. */
  private static final Duration CLEANUP_GRACE = Duration.ofSeconds(3);

  private final Transport transport;
  private final Script script;
  private final Phase phase;
  private final Deadline deadline;
  private final Standby standby;
  private final PowerShellLaunch launch;
  private final CapturedOutput output;
  private final CompletableFuture<Object> trouble = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean starting;
  private volatile InputFeed feed;

  ScriptCall(Transport transport, Standby standby, Script script, Phase phase, Deadline deadline) {
    this.transport = transport;
    this.standby = standby;
    this.script = script;
    this.phase = phase;
    this.deadline = deadline;
    launch = launch();
    output = new CapturedOutput(script, trouble::completeExceptionally);
  }

  private PowerShellLaunch launch() {
    int budget = transport.argumentBudget();
    return transport.needsProcessId()
        ? PowerShellLaunch.announcing(script.text(), carrier(), budget)
        : PowerShellLaunch.of(script.text(), carrier(), budget);
  }

  /** A process that waits takes frames alone. */
  private Carrier carrier() {
    boolean framed = standby.isUsed() && script.carrier() == Carrier.AUTOMATIC;
    return framed ? Carrier.FRAMED : script.carrier();
  }

  Result run() throws ConnectionException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(origin() + ": interrupted; nothing was started");
    }
    InputStream input = openInput();
    try {
      return run(input);
    } finally {
      close(input);
    }
  }

  /** A process that waited may be gone by now. As long as nothing was run, another can be used. */
  private Result run(InputStream input) throws ConnectionException, InterruptedException {
    Optional<Standby.Waiting> waiting = launch.fitsStandby() ? standby.take() : Optional.empty();
    if (waiting.isPresent()) {
      waiting.get().output().attach(output);
      try {
        return run(input, waiting.get().process(), true);
      } catch (NotTakenException e) {
        LOG.log(Level.DEBUG, "a process that was started ahead is gone; another is started", e);
      }
    }
    starting = true;
    return run(input, transport.start(launch.arguments(), output, deadline), false);
  }

  private Result run(InputStream input, RemoteProcess process, boolean hasWaited)
      throws ConnectionException, InterruptedException {
    try (process) {
      feed =
          new InputFeed(
              launch.frame(), input, process.stdin(), hasWaited, trouble::completeExceptionally);
      feed.start(script.input());
      return completed(await(process), process);
    }
  }

  /** A result that is known is not lost because the caller's stream does not close. */
  private void close(InputStream input) {
    try {
      input.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> origin() + ": the script's input could not be closed", e);
    }
  }

  private InputStream openInput() throws ConnectionException {
    try {
      return script.input().open();
    } catch (IOException e) {
      throw new ConnectionException(
          origin(),
          ScriptState.NOT_STARTED,
          "the script's input cannot be opened: " + e.getMessage(),
          e);
    }
  }

  private int await(RemoteProcess process) throws ConnectionException, InterruptedException {
    try {
      CompletableFuture.anyOf(process.exitCode(), trouble)
          .get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      awaitOutput(process);
      trouble.getNow(null);
      return process.exitCode().get();
    } catch (TimeoutException e) {
      throw timedOut(process);
    } catch (InterruptedException e) {
      throw interrupted(process);
    } catch (ExecutionException | CompletionException e) {
      giveUp(process);
      throw failed(e.getCause());
    }
  }

  /**
   * The call ends with the process, not with what it left running; but what was said before may
   * still be on its way, and as long as more comes it is taken.
   */
  private void awaitOutput(RemoteProcess process) throws ExecutionException, InterruptedException {
    CompletableFuture<Object> end = CompletableFuture.anyOf(process.outputEnd(), trouble);
    Deadline limit = Deadline.after(LONGEST_OUTPUT_GRACE);
    long taken;
    do {
      taken = output.taken();
      try {
        end.get(OUTPUT_GRACE.toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        LOG.log(Level.DEBUG, "{0}: its output is still held after its end", origin());
      }
    } while (output.taken() > taken && !limit.hasPassed());
  }

  private Result completed(int exitCode, RemoteProcess process) throws ConnectionException {
    if (scriptState() == ScriptState.NOT_STARTED) {
      throw new NotTakenException(origin(), exitCode, output.firstErrorLine());
    }
    Result result = output.result(exitCode, deadline.elapsed());
    if (isConstrained(result)) {
      throw new UnsupportedBackendException(
          origin(),
          "the host runs PowerShell in Constrained Language Mode (AppLocker or App Control), in"
              + " which scripts cannot be started by this library; the account needs Full Language"
              + " Mode",
          null);
    }
    if (!process.hasStarted()) {
      throw new UnsupportedBackendException(
          origin(),
          "PowerShell did not start on the host (exit code %d)%s; check that it is installed there"
                  .formatted(exitCode, output.firstErrorLine())
              + " and is what the connection's options call it",
          null);
    }
    return result;
  }

  private static boolean isConstrained(Result result) {
    return !result.succeeded()
        && PowerShellLaunch.isConstrainedLanguage(
            result.exitCode(), result.stdout(), result.stderr());
  }

  private ConnectionTimeoutException timedOut(RemoteProcess process) throws InterruptedException {
    ScriptState state = scriptState();
    Termination termination = giveUp(process);
    return new ConnectionTimeoutException(
        origin(),
        state,
        termination,
        "did not end within %s; allow more time if it needs it"
            .formatted(DurationText.of(deadline.allowed())));
  }

  private InterruptedException interrupted(RemoteProcess process) throws InterruptedException {
    Termination termination = giveUp(process);
    return new InterruptedException(
        "%s: interrupted; %s".formatted(origin(), termination.description()));
  }

  private Termination giveUp(RemoteProcess process) throws InterruptedException {
    feed.stop();
    if (phase == Phase.COPY) {
      awaitCleanup(process);
    }
    return process.kill(KILL_GRACE) ? Termination.CONFIRMED : Termination.UNCONFIRMED;
  }

  /** The receiver of a file takes the early end of its input as the order to undo its work. */
  private static void awaitCleanup(RemoteProcess process) throws InterruptedException {
    try {
      process.exitCode().get(CLEANUP_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is killed next.
    }
  }

  private ConnectionException failed(Throwable cause) throws ConnectionException {
    if (cause instanceof SessionDroppedException e && scriptState() == ScriptState.NOT_STARTED) {
      return notStarted(e);
    }
    if (cause instanceof ConnectionException e) {
      return e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return new ConnectionException(
        origin(),
        scriptState(),
        "the script's input could not be read: " + cause.getMessage(),
        cause);
  }

  /** A transport does not know of frames; we know that this one had not left. */
  private static SessionDroppedException notStarted(SessionDroppedException e) {
    String message = e.getMessage().substring((e.origin() + ": ").length());
    return new SessionDroppedException(e.origin(), ScriptState.NOT_STARTED, message, e.getCause());
  }

  /** Ends the call from another thread. */
  void drop(ConnectionException reason) {
    trouble.completeExceptionally(reason);
  }

  void end() {
    ended.complete(null);
  }

  /** Waits for the end of a call that was {@linkplain #drop dropped}. */
  void awaitEnd(Deadline limit) {
    try {
      ended.get(limit.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Closing goes on without it.
    }
  }

  Phase phase() {
    return phase;
  }

  /**
   * An inline script may run as soon as its process starts, a framed one when its frame has left.
   */
  ScriptState scriptState() {
    boolean mayRun = launch.carrier() == Carrier.FRAMED ? frameLeft() : starting;
    return mayRun ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED;
  }

  private boolean frameLeft() {
    InputFeed current = feed;
    return current != null && current.frameLeft();
  }

  private Origin origin() {
    return new Origin(transport.backend(), transport.host(), phase);
  }

  /** PowerShell was gone before it had the whole script. */
  private static final class NotTakenException extends SessionDroppedException {
    private static final long serialVersionUID = 1;

    NotTakenException(Origin origin, int exitCode, String words) {
      super(
          origin,
          ScriptState.NOT_STARTED,
          "PowerShell ended with exit code %d before it had taken the script%s"
              .formatted(exitCode, words),
          null);
    }
  }
}
