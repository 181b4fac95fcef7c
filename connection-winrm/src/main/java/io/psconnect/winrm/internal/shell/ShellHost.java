package io.psconnect.winrm.internal.shell;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.wsman.Answer;
import io.psconnect.winrm.internal.wsman.BrokenAnswerException;
import io.psconnect.winrm.internal.wsman.FaultException;
import io.psconnect.winrm.internal.wsman.Message;
import io.psconnect.winrm.internal.wsman.ShellMessages;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the host, and reads what it answers. Envelopes are of the size that every host takes until
 * this one is known to be of those that take more; if it then does not, they are small again.
 */
final class ShellHost {
  private static final System.Logger LOG = System.getLogger(ShellHost.class.getName());

  /** What WinRM 2.0 takes, MaxEnvelopeSizekb 150. */
  private static final int SMALL_ENVELOPE = 153_600;

  /** What WinRM 3.0 takes, MaxEnvelopeSizekb 500. */
  private static final int LARGE_ENVELOPE = 512_000;

  private static final int FIRST_WITH_LARGE = 3;
  private static final Pattern STACK = Pattern.compile("Stack: (\\d{1,4})\\.");

  /** How much longer than it should a host may take to say that there is nothing. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  /** More than the connections that are kept, for a second in all. */
  private static final int MOST_TRIES_TO_TIDY = 10;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);

  private final HttpChannel channel;
  private final ShellSettings settings;
  private final Function<Phase, Origin> origin;
  private volatile ShellMessages messages;

  ShellHost(HttpChannel channel, ShellSettings settings, Function<Phase, Origin> origin) {
    this.channel = channel;
    this.settings = settings;
    this.origin = origin;
    messages = messages(SMALL_ENVELOPE);
  }

  private ShellMessages messages(int envelopeSize) {
    return new ShellMessages(settings.url(), envelopeSize, settings.operationTimeout());
  }

  Origin origin(Phase phase) {
    return origin.apply(phase);
  }

  /** How much input one Send can take. */
  int inputSize() {
    return messages.inputSize();
  }

  /** By which any answer must have come. */
  Deadline patience() {
    return Deadline.after(settings.operationTimeout().plus(SLACK));
  }

  /** Learns what the host is. One that does not say is treated as an old one. */
  void identify() throws ConnectionException, InterruptedException {
    try {
      Answer answer = exchange(ShellMessages.identify(), Phase.CONNECT, ScriptState.NOT_STARTED);
      if (answer.productVersion().filter(ShellHost::takesLarge).isPresent()) {
        messages = messages(LARGE_ENVELOPE);
      }
    } catch (UnreachableException | ConnectionTimeoutException e) {
      throw beforeTheScript(e, Phase.CONNECT, "the host does not say what it is");
    } catch (ConnectionException | FaultException e) {
      LOG.log(Level.DEBUG, () -> origin(Phase.CONNECT) + ": the host does not say what it is", e);
    }
  }

  /** What has no script yet cannot have run it, whatever the host has done. */
  ConnectionException beforeTheScript(ConnectionException e, Phase phase, String what) {
    if (e.scriptState() == ScriptState.NOT_STARTED) {
      return e;
    }
    String words = what + ": " + words(e);
    if (e instanceof ConnectionTimeoutException) {
      return new ConnectionTimeoutException(
          origin(phase), ScriptState.NOT_STARTED, Termination.NOT_NEEDED, words);
    }
    return new ConnectionException(origin(phase), ScriptState.NOT_STARTED, words, e);
  }

  /** What it says, without where, and without what became of the process. */
  static String words(ConnectionException e) {
    String message = e.getMessage().substring(e.origin().toString().length() + 2);
    if (e instanceof ConnectionTimeoutException timeout) {
      String end = "; " + timeout.termination().description();
      return message.substring(0, message.length() - end.length());
    }
    return message;
  }

  private static boolean takesLarge(String productVersion) {
    Matcher stack = STACK.matcher(productVersion);
    return stack.find() && Integer.parseInt(stack.group(1)) >= FIRST_WITH_LARGE;
  }

  /**
   * Sends a message, a second time if the host says in an answer of WinRM's that the first was too
   * large: then it was not acted on. An answer of HTTP's that says so is the caller's affair.
   *
   * @param state whether the script may run, if this goes wrong without the host saying why
   */
  Answer ask(Function<ShellMessages, Message> question, Phase phase, ScriptState state)
      throws ConnectionException, FaultException, InterruptedException {
    ShellMessages current = messages;
    try {
      return exchange(question.apply(current), phase, state);
    } catch (FaultException e) {
      if (!e.fault().isTooLarge() || !stepDown(current)) {
        throw e;
      }
    }
    return exchange(question.apply(messages), phase, state);
  }

  /**
   * Asks for what may be asked twice, again if the connection breaks, as all of the pool may have
   * broken together: what the host has not heard of it would keep until it is idle for too long.
   */
  Answer askToTidy(Function<ShellMessages, Message> question, Phase phase)
      throws ConnectionException, FaultException, InterruptedException {
    Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE);
    for (int tries = 1; ; tries++) {
      try {
        return ask(question, phase, ScriptState.MAY_HAVE_RUN);
      } catch (ConnectionTimeoutException | AuthenticationException e) {
        throw e;
      } catch (ConnectionException e) {
        if (tries == MOST_TRIES_TO_TIDY) {
          throw e;
        }
        pauses.pause();
      }
    }
  }

  /** False if input of this size is as small already as it gets. */
  boolean takesLess(int inputSize) {
    ShellMessages current = messages;
    return current.inputSize() < inputSize || stepDown(current);
  }

  /** False if envelopes are as small already as they get. */
  private boolean stepDown(ShellMessages tooLarge) {
    if (tooLarge.inputSize() <= messages(SMALL_ENVELOPE).inputSize()) {
      return false;
    }
    LOG.log(Level.DEBUG, () -> origin(Phase.RUN) + ": the host takes no large envelopes");
    messages = messages(SMALL_ENVELOPE);
    return true;
  }

  private Answer exchange(Message message, Phase phase, ScriptState state)
      throws ConnectionException, FaultException, InterruptedException {
    HttpChannel.Answer answer = channel.send(message.envelope(), phase, patience());
    try {
      return Answer.read(message, answer.body());
    } catch (BrokenAnswerException e) {
      throw broken(answer, e, phase, state);
    }
  }

  ConnectionException broken(BrokenAnswerException e, Phase phase) {
    return new SessionDroppedException(
        origin(phase), ScriptState.MAY_HAVE_RUN, "the host's answer " + e.getMessage(), e);
  }

  private ConnectionException broken(
      HttpChannel.Answer answer, BrokenAnswerException e, Phase phase, ScriptState state) {
    String words =
        "the host's answer (HTTP %d, %d bytes) %s; is this WinRM, or something in between?"
            .formatted(answer.status(), answer.body().length, e.getMessage());
    return state == ScriptState.MAY_HAVE_RUN
        ? new SessionDroppedException(origin(phase), state, words, e)
        : new ConnectionException(origin(phase), state, words, e);
  }
}
