package io.psconnect.winrm.internal.shell;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.winrm.internal.http.TooLargeException;
import io.psconnect.winrm.internal.wsman.Answer;
import io.psconnect.winrm.internal.wsman.BrokenAnswerException;
import io.psconnect.winrm.internal.wsman.Fault;
import io.psconnect.winrm.internal.wsman.FaultException;
import io.psconnect.winrm.internal.wsman.Message;
import io.psconnect.winrm.internal.wsman.ShellMessages;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A command that the host has begun, and what can be asked about it. */
final class ShellCommand {
  /** A message that the host has not got, or has refused for the moment, is sent so often. */
  private static final int MOST_TRIES = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_600);

  private final ShellHost host;
  private final String shellId;
  private final String id;
  private final BooleanSupplier isOver;

  /**
   * @param isOver whether nobody waits for it any more
   */
  ShellCommand(ShellHost host, String shellId, String id, BooleanSupplier isOver) {
    this.host = host;
    this.shellId = shellId;
    this.id = id;
    this.isOver = isOver;
  }

  String id() {
    return id;
  }

  /** What the command has to say; empty if that is nothing yet. */
  Optional<Answer> receive() throws ConnectionException, FaultException, InterruptedException {
    try {
      return Optional.of(askPatiently(messages -> messages.receive(shellId, id)));
    } catch (FaultException e) {
      if (e.fault().isTimeout()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Gives it input, in as many pieces as the envelopes' size wants, each when the last is taken.
   */
  void send(byte[] input, boolean isEnd)
      throws ConnectionException, FaultException, InterruptedException {
    int from = 0;
    boolean isLast;
    do {
      int size = host.inputSize();
      int to = Math.min(input.length, from + size);
      isLast = to == input.length;
      if (isTaken(Arrays.copyOfRange(input, from, to), isEnd && isLast, size)) {
        from = to;
      } else {
        isLast = false;
      }
    } while (!isLast);
  }

  /** False if it was too large, and may be smaller. */
  private boolean isTaken(byte[] piece, boolean isEnd, int size)
      throws ConnectionException, FaultException, InterruptedException {
    try {
      deliver(piece, isEnd);
      return true;
    } catch (TooLargeException e) {
      return retryWhenSmaller(e, size);
    } catch (FaultException e) {
      return e.fault().isTooLarge() ? retryWhenSmaller(e, size) : isDelivered(e);
    }
  }

  private <E extends Exception> boolean retryWhenSmaller(E tooLarge, int size) throws E {
    if (!host.takesLess(size)) {
      throw tooLarge;
    }
    return false;
  }

  /** The host has the input, but the command had not read it all in time. */
  private static boolean isDelivered(FaultException e) throws FaultException {
    if (!e.fault().isTimeout()) {
      throw e;
    }
    return true;
  }

  private void deliver(byte[] piece, boolean isEnd)
      throws ConnectionException, FaultException, InterruptedException {
    try {
      askPatiently(messages -> messages.send(shellId, id, piece, isEnd))
          .requireResponse("SendResponse");
    } catch (BrokenAnswerException e) {
      throw host.broken(e, Phase.RUN);
    }
  }

  /**
   * Asks again where the host has not got the message, or says that it is busy or at a limit: in
   * each case it has not acted on it.
   */
  private Answer askPatiently(Function<ShellMessages, Message> question)
      throws ConnectionException, FaultException, InterruptedException {
    Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE);
    for (int tries = 1; ; tries++) {
      try {
        return host.ask(question, Phase.RUN, ScriptState.MAY_HAVE_RUN);
      } catch (TooLargeException | ConnectionTimeoutException | AuthenticationException e) {
        throw e;
      } catch (ConnectionException e) {
        if (e.scriptState() == ScriptState.MAY_HAVE_RUN || isEnough(tries)) {
          throw e;
        }
      } catch (FaultException e) {
        if (!isPassing(e.fault()) || isEnough(tries)) {
          throw e;
        }
      }
      pauses.pause();
    }
  }

  private boolean isEnough(int tries) {
    return tries == MOST_TRIES || isOver.getAsBoolean();
  }

  private static boolean isPassing(Fault fault) {
    return fault.isBusy() || fault.isQuota();
  }

  /** Ends it, or lets go of it if it has ended. */
  void terminate() throws ConnectionException, FaultException, InterruptedException {
    try {
      host.askToTidy(messages -> messages.terminate(shellId, id), Phase.RUN)
          .requireResponse("SignalResponse");
    } catch (BrokenAnswerException e) {
      throw host.broken(e, Phase.RUN);
    }
  }
}
