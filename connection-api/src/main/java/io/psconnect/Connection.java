package io.psconnect;

/**
 * A {@link Runner} with a life: opened, used by any number of threads, closed.
 *
 * <p>A call on a connection that is not open is an {@link IllegalStateException}. A session that
 * was lost ends the calls that are under way; the next call makes a new one, and repeats nothing.
 */
public interface Connection extends Runner, AutoCloseable {

  /**
   * Makes the connection ready for calls. Does nothing if it is open already. A connection that was
   * closed stays closed.
   *
   * @throws ConnectionException if the host cannot be reached or cannot run PowerShell; the
   *     connection may be opened again
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalStateException if the connection was closed
   */
  void open() throws ConnectionException, InterruptedException;

  /**
   * Runs a small script, to learn that the host answers and what it is.
   *
   * @return what the host said of itself
   * @throws ConnectionException if it does not answer as a PowerShell host does
   * @throws InterruptedException if the thread was interrupted
   */
  Health healthcheck() throws ConnectionException, InterruptedException;

  /**
   * The backend's id.
   *
   * @return for instance {@code ssh}
   */
  String backend();

  /**
   * Ends the session, the calls that are under way (each with a {@link SessionDroppedException})
   * and the processes they started, and wipes the credentials. Closing again does nothing. A
   * failure to close is logged, not thrown: nobody can act on it.
   */
  @Override
  void close();
}
