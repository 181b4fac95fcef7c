package io.psconnect.winrm.internal.shell;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.winrm.internal.wsman.Answer;
import io.psconnect.winrm.internal.wsman.BrokenAnswerException;
import io.psconnect.winrm.internal.wsman.FaultException;
import io.psconnect.winrm.internal.wsman.FaultTable;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PowerShell process in a shell. One thread starts it and receives what it says, and goes on when
 * its starter has given up: so that what the host may have begun can be ended. Another sends its
 * input, when there is some.
 */
final class WinRmProcess implements RemoteProcess {
  private static final System.Logger LOG = System.getLogger(WinRmProcess.class.getName());

  /** The largest exit code of Windows, as an unsigned number. */
  private static final long MAX_EXIT_CODE = 0xFFFFFFFFL;

  /** How long the end of a process that takes no input may be on its way. */
  private static final Duration END_GRACE = Duration.ofSeconds(3);

  private final ShellUse shell;
  private final OutputSink output;
  private final Presence presence;
  private final CommandInput input;
  private final CompletableFuture<ShellCommand> started = new CompletableFuture<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnd = new CompletableFuture<>();

  /** Whether the host has told of its end; completed when we hear no more of it. */
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  /**
   * @param waitsForScript whether it is started ahead of its script
   */
  WinRmProcess(ShellUse shell, OutputSink output, Presence presence, boolean waitsForScript) {
    this.shell = shell;
    this.presence = presence;
    this.output = output;
    input = new CommandInput(shell.host().inputSize(), waitsForScript);
  }

  /** Sends the command, and then receives, on a thread of its own. */
  void begin(String powerShell, String arguments) {
    start("receive", () -> run(powerShell, arguments));
  }

  private void start(String work, Runnable action) {
    Thread thread = new Thread(action, "psconnect-winrm-%s-%d".formatted(work, shell.number()));
    thread.setDaemon(true);
    thread.start();
  }

  /** Completed when the host has begun the command, or exceptionally with what it said. */
  CompletableFuture<ShellCommand> started() {
    return started;
  }

  private void run(String powerShell, String arguments) {
    ShellCommand command;
    try {
      command = shell.begin(powerShell, arguments, end::isDone);
    } catch (ConnectionException
        | FaultException
        | InterruptedException
        | RuntimeException
        | Error e) {
      end.complete(false);
      input.abandon("the process was not started");
      started.completeExceptionally(e);
      return;
    }
    start("send", () -> sendAll(command));
    started.complete(command);
    receiveAll(command);
  }

  private void receiveAll(ShellCommand command) {
    try {
      Optional<Integer> code = Optional.empty();
      while (code.isEmpty() && !end.isDone()) {
        code = receive(command);
      }
      if (code.isPresent()) {
        int known = code.get();
        finish(() -> exitCode.complete(known), true);
      } else {
        finish(() -> exitCode.completeExceptionally(givenUp()), false);
      }
    } catch (FaultException e) {
      boolean ended = e.fault().isAborted();
      finish(() -> exitCode.completeExceptionally(lost(e, "the request for output")), ended);
    } catch (ConnectionException e) {
      finish(() -> exitCode.completeExceptionally(lost(e)), e instanceof NoExitCodeException);
    } catch (BrokenAnswerException e) {
      finish(() -> exitCode.completeExceptionally(shell.host().broken(e, Phase.RUN)), false);
    } catch (InterruptedException | RuntimeException | Error e) {
      finish(() -> exitCode.completeExceptionally(e), false);
    } finally {
      shell.end(command, end.getNow(false));
    }
  }

  private ConnectionException givenUp() {
    return new SessionDroppedException(
        shell.host().origin(Phase.RUN), ScriptState.MAY_HAVE_RUN, "the process was given up", null);
  }

  /** The exit code, if the process has ended. */
  private Optional<Integer> receive(ShellCommand command)
      throws ConnectionException, FaultException, BrokenAnswerException, InterruptedException {
    Optional<Answer> answer = command.receive();
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    for (Answer.Output piece : answer.get().output(command.id())) {
      take(piece);
    }
    return answer.get().isDone(command.id())
        ? Optional.of(exitCode(answer.get().exitCode(command.id())))
        : Optional.empty();
  }

  private void take(Answer.Output piece) {
    byte[] bytes = piece.bytes();
    if (piece.isStderr()) {
      output.stderr(bytes, 0, bytes.length);
    } else {
      if (bytes.length > 0) {
        presence.assure();
      }
      output.stdout(bytes, 0, bytes.length);
    }
  }

  private int exitCode(OptionalLong code) throws ConnectionException {
    if (code.isEmpty()) {
      throw new NoExitCodeException(
          shell, "the host says that the process has ended, but not with what exit code");
    }
    if (code.getAsLong() < Integer.MIN_VALUE || code.getAsLong() > MAX_EXIT_CODE) {
      throw new NoExitCodeException(
          shell, "the host says an exit code that has no 32 bits: " + code.getAsLong());
    }
    if (code.getAsLong() == 0) {
      presence.assure();
    }
    return (int) code.getAsLong();
  }

  /** The output ends before the exit code is known to others. */
  private void finish(Runnable completion, boolean hasEnded) {
    end.complete(hasEnded);
    input.abandon("the process has ended, or was lost");
    completion.run();
    outputEnd.complete(null);
  }

  private ConnectionException lost(FaultException e, String asked) {
    return FaultTable.exception(e, shell.host().origin(Phase.RUN), asked, ScriptState.MAY_HAVE_RUN);
  }

  /** The process has started, whatever became of what was asked about it. */
  private ConnectionException lost(ConnectionException e) {
    return e.scriptState() == ScriptState.MAY_HAVE_RUN
        ? e
        : new SessionDroppedException(
            shell.host().origin(Phase.RUN),
            ScriptState.MAY_HAVE_RUN,
            "the process's output is out of reach: " + ShellHost.words(e),
            e);
  }

  private void sendAll(ShellCommand command) {
    try {
      CommandInput.Piece piece = input.next();
      while (piece != null) {
        command.send(piece.bytes(), piece.isEnd());
        if (piece.isEnd()) {
          return;
        }
        piece = input.next();
      }
    } catch (FaultException e) {
      sendFailed(lost(e, "the script's input"));
    } catch (ConnectionException e) {
      sendFailed(e);
    } catch (InterruptedException | RuntimeException | Error e) {
      sendFailed(
          new SessionDroppedException(
              shell.host().origin(Phase.RUN),
              ScriptState.MAY_HAVE_RUN,
              "the script's input could not be sent: " + e,
              e));
    }
  }

  /** A process that has ended takes no input, and its end may be on its way. */
  private void sendFailed(ConnectionException e) {
    input.abandon("the host has not taken the input: " + e.getMessage());
    try {
      end.get(END_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException none) {
      exitCode.completeExceptionally(
          new SessionDroppedException(
              shell.host().origin(Phase.RUN),
              ScriptState.MAY_HAVE_RUN,
              "the script's input was lost on its way: " + ShellHost.words(e),
              e));
    }
  }

  @Override
  public OutputStream stdin() {
    return input;
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
    return presence.isThere();
  }

  /** Seen is the end only if the host has taken the signal, and then says that all is over. */
  @Override
  public boolean kill(Duration grace) throws InterruptedException {
    Deadline deadline = Deadline.after(grace);
    CompletableFuture<Void> signal = new CompletableFuture<>();
    try {
      ShellCommand command = started.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      if (!end.isDone()) {
        shell.background().run(() -> terminate(command, signal));
        signal.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      }
      return end.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, () -> shell.host().origin(Phase.RUN) + ": its end was not seen", e);
      return false;
    }
  }

  private static void terminate(ShellCommand command, CompletableFuture<Void> signal) {
    try {
      command.terminate();
      signal.complete(null);
    } catch (ConnectionException
        | FaultException
        | InterruptedException
        | RuntimeException
        | Error e) {
      signal.completeExceptionally(e);
    }
  }

  /** What is not known to have ended ends with its shell, when that has nothing else to do. */
  @Override
  public void close() {
    input.abandon("the process was given up");
    if (end.complete(false)) {
      shell.giveUp();
      started.thenAccept(
          command -> shell.background().run(() -> terminate(command, new CompletableFuture<>())));
    }
  }

  /** The process has ended; with what, the host does not say. */
  private static final class NoExitCodeException extends SessionDroppedException {
    private static final long serialVersionUID = 1;

    NoExitCodeException(ShellUse shell, String message) {
      super(shell.host().origin(Phase.RUN), ScriptState.MAY_HAVE_RUN, message, null);
    }
  }
}
