package io.psconnect.winrm.internal.http;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import io.psconnect.spi.Deadline;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** On sockets of its own, each of which logs in once and is kept for a while. */
public final class PooledHttpChannel implements HttpChannel {
  private final HttpSettings settings;
  private final Credentials credentials;
  private final Breaks breaks;
  private final Refusals refusals;
  private final Optional<TlsSockets> tls;
  private final Pool pool;
  private final Workers workers = new Workers();
  private final RefusedLogin refusedLogin = new RefusedLogin();
  private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  /**
   * Connects to nothing yet.
   *
   * @param settings where the host is
   * @param credentials who we are; closed with this channel
   * @throws UnreachableException if a certificate or a key cannot be used
   */
  public PooledHttpChannel(HttpSettings settings, Credentials credentials)
      throws UnreachableException {
    this(settings, credentials, System::nanoTime);
  }

  PooledHttpChannel(HttpSettings settings, Credentials credentials, LongSupplier nanoClock)
      throws UnreachableException {
    this.settings = settings;
    pool = new Pool(nanoClock);
    this.credentials = credentials;
    breaks = new Breaks(settings);
    refusals = new Refusals(settings, credentials);
    tls =
        settings.tls().isPresent()
            ? Optional.of(new TlsSockets(settings, settings.tls().get(), breaks))
            : Optional.empty();
  }

  @Override
  public Answer send(byte[] message, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (deadline.hasPassed()) {
      throw tooLate(phase, Termination.NOT_NEEDED, "what came before the message", deadline);
    }
    if (isByMessage()) {
      refusedLogin.check(phase);
    }
    Delivery delivery = new Delivery(settings, credentials, refusals, message, phase);
    Optional<HttpConnection> kept = pool.take();
    Optional<Answer> answer =
        kept.isPresent() ? tried(delivery, kept.get(), phase, deadline) : Optional.empty();
    return answer.isPresent() ? answer.get() : anew(delivery, phase, deadline);
  }

  /** Whether each message logs in for itself, and not the connection. */
  private boolean isByMessage() {
    return !(credentials instanceof Credentials.Token);
  }

  /**
   * By a connection that was used before.
   *
   * @return empty if the host has not acted on the message: the connection had died before all of
   *     it was sent, or its login had run out
   */
  private Optional<Answer> tried(
      Delivery delivery, HttpConnection connection, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    try {
      return Optional.of(delivered(delivery, connection, phase, deadline));
    } catch (LoginLostException e) {
      if (isByMessage()) {
        throw lastWord(e);
      }
      return Optional.empty();
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      if (isClosed || connection.isSent()) {
        throw breaks.inMessage(e, connection, phase);
      }
      return Optional.empty();
    }
  }

  private Answer anew(Delivery delivery, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    refusedLogin.check(phase);
    HttpConnection connection = dialed(phase, deadline);
    try {
      return delivered(delivery, connection, phase, deadline);
    } catch (LoginLostException e) {
      throw lastWord(e);
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw breaks.inMessage(e, connection, phase);
    }
  }

  /** What the host has against a message says little of a login that it has just taken. */
  private AuthenticationException lastWord(LoginLostException e) {
    if (isByMessage()) {
      refusedLogin.remember(e.refusal());
    }
    return e.refusal();
  }

  private HttpConnection dialed(Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException {
    Deadline limit = earlier(deadline, Deadline.after(settings.connectTimeout()));
    Handshake handshake = new Handshake(settings, credentials, refusals, breaks);
    Dial dial = new Dial(settings, tls, handshake, limit);
    try {
      HttpConnection connection = awaited(dial::run, dial::abandon, limit);
      if (dial.isAbandoned() && limit.hasPassed()) {
        connection.close();
        throw new TimeoutException("made in the very moment in which it was given up");
      }
      return connection;
    } catch (TimeoutException e) {
      throw tooLate(dial.phase(), Termination.NOT_NEEDED, dial.stage(), limit);
    } catch (AuthenticationException e) {
      refusedLogin.remember(e);
      throw e;
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw new UnreachableException(
          settings.origin(dial.phase()),
          "%s failed: %s".formatted(dial.stage(), Shown.of(String.valueOf(e.getMessage()))),
          e);
    }
  }

  /** The connection is kept if it can be used once more, and closed if not. */
  private Answer delivered(
      Delivery delivery, HttpConnection connection, Phase phase, Deadline deadline)
      throws IOException, InterruptedException {
    Deadline limit = earlier(deadline, Deadline.after(settings.requestTimeout()));
    try {
      Answer answer = awaited(() -> delivery.by(connection), connection::close, limit);
      pool.give(connection);
      refusedLogin.forget(phase);
      return answer;
    } catch (TimeoutException e) {
      connection.close();
      throw tooLate(
          phase,
          connection.isSent() ? Termination.UNCONFIRMED : Termination.NOT_NEEDED,
          connection.isSent() ? "waiting for the answer" : "sending the message",
          limit);
    } catch (IOException | InterruptedException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private <T> T awaited(Workers.Work<T> work, Runnable abandon, Deadline limit)
      throws IOException, InterruptedException, TimeoutException {
    underWay.add(abandon);
    try {
      if (isClosed) {
        abandon.run();
      }
      return workers.await(work, abandon, limit);
    } finally {
      underWay.remove(abandon);
    }
  }

  private ConnectionTimeoutException tooLate(
      Phase phase, Termination termination, String stage, Deadline limit) {
    return new ConnectionTimeoutException(
        settings.origin(phase),
        termination == Termination.NOT_NEEDED ? ScriptState.NOT_STARTED : ScriptState.MAY_HAVE_RUN,
        termination,
        "%s took longer than %s".formatted(stage, DurationText.of(limit.allowed())));
  }

  private static Deadline earlier(Deadline one, Deadline other) {
    return one.remainingNanos() < other.remainingNanos() ? one : other;
  }

  @Override
  public void close() {
    isClosed = true;
    pool.close();
    underWay.forEach(Runnable::run);
    workers.close();
    credentials.close();
  }
}
