package io.psconnect.testkit;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Health;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.SessionDroppedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link Connection} without a host, for unit tests of code that opens and closes connections.
 * Its scripts and file copies are answered by a {@link FakeRunner}; its life is that of a real
 * connection, can be made to go wrong, and is counted.
 *
 * <pre>{@code
 * FakeConnection connection = new FakeConnection();
 * connection.runner().whenScriptContains("hostname").thenReturn(Result.of(0, "build01\n", ""));
 * connection.failOpenWith(new UnreachableException(...));
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class FakeConnection implements Connection {
  private static final Health HEALTH = new Health("7.6.0", "Core", "Fake 1.0", Duration.ZERO);

  private enum State {
    NEW,
    OPEN,
    CLOSED
  }

  private final String backend;
  private final FakeRunner runner;
  private final Queue<ConnectionException> openFailures = new ConcurrentLinkedQueue<>();
  private final Queue<ConnectionException> healthFailures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final ReentrantLock lifecycle = new ReentrantLock();
  private volatile State state = State.NEW;
  private volatile Session session;

  /** A connection of the backend {@value FakeRunner#BACKEND}, with a runner of its own. */
  public FakeConnection() {
    this(FakeRunner.BACKEND, new FakeRunner());
  }

  /**
   * A connection that claims to be of some backend.
   *
   * @param backend the id, for instance {@code ssh}
   * @param runner answers scripts and file copies; may be shared with other connections
   */
  public FakeConnection(String backend, FakeRunner runner) {
    this.backend = Objects.requireNonNull(backend, "backend");
    this.runner = Objects.requireNonNull(runner, "runner");
    session = new Session(backend);
  }

  /**
   * Answers this connection's scripts and file copies, and has recorded them.
   *
   * @return always the same runner
   */
  public FakeRunner runner() {
    return runner;
  }

  /**
   * Lets the next attempt to make a session fail, by {@link #open()} or by the first call after the
   * session was dropped. Called twice, the next two attempts, each with its own exception; after
   * that opening succeeds.
   *
   * @param failure thrown as it is
   */
  public void failOpenWith(ConnectionException failure) {
    openFailures.add(Objects.requireNonNull(failure, "failure"));
  }

  /**
   * Lets the next health check fail. Called twice, the next two; after that they succeed.
   *
   * @param failure thrown as it is
   */
  public void failHealthcheckWith(ConnectionException failure) {
    healthFailures.add(Objects.requireNonNull(failure, "failure"));
  }

  /**
   * Breaks the session, as when the network goes away: calls that wait for their answer end with a
   * {@link SessionDroppedException}. The next call makes a new session, as with a real connection,
   * which fails as {@link #failOpenWith} says. Does nothing unless it is open.
   */
  public void drop() {
    lifecycle.lock();
    try {
      if (state == State.OPEN) {
        session.end("the session was dropped");
      }
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      if (state == State.CLOSED) {
        throw notOpen();
      }
      if (state != State.OPEN) {
        throwNext(openFailures);
        session = new Session(backend);
        state = State.OPEN;
        opened.incrementAndGet();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private static void throwNext(Queue<ConnectionException> failures) throws ConnectionException {
    ConnectionException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public Result runScript(Script script) throws ConnectionException, InterruptedException {
    Objects.requireNonNull(script, "script");
    return runner.runScript(script, liveSession());
  }

  @Override
  public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
    Objects.requireNonNull(copy, "copy");
    runner.streamFile(copy, liveSession());
  }

  /** {@inheritDoc} The fake says PowerShell 7.6.0, and asks no rule. */
  @Override
  public Health healthcheck() throws ConnectionException {
    liveSession();
    throwNext(healthFailures);
    return HEALTH;
  }

  private Session liveSession() throws ConnectionException {
    lifecycle.lock();
    try {
      if (state != State.OPEN) {
        throw notOpen();
      }
      if (session.hasEnded()) {
        throwNext(openFailures);
        session = new Session(backend);
      }
      return session;
    } finally {
      lifecycle.unlock();
    }
  }

  /** The same words as those of a real connection. */
  private IllegalStateException notOpen() {
    String advice = state == State.NEW ? "not open; call open() first" : "closed; make a new one";
    return new IllegalStateException("the %s connection is %s".formatted(backend, advice));
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      closed.incrementAndGet();
      state = State.CLOSED;
      session.end("the connection was closed by another thread while the call was under way");
    } finally {
      lifecycle.unlock();
    }
  }

  /**
   * Whether calls are taken.
   *
   * @return true from a successful {@link #open()} until it is closed
   */
  public boolean isOpen() {
    return state == State.OPEN;
  }

  /**
   * How often the connection was opened.
   *
   * @return how often {@link #open()} did, without the attempts that failed or that found it open
   */
  public int timesOpened() {
    return opened.get();
  }

  /**
   * How often {@link #close()} was called.
   *
   * @return all calls, also those that found it closed
   */
  public int timesClosed() {
    return closed.get();
  }

  @Override
  public String toString() {
    return "FakeConnection[%s, %s]".formatted(backend, state.name().toLowerCase(Locale.ROOT));
  }
}
