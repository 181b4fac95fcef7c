package io.psconnect.spi;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A PowerShell process on the host, as its backend holds it. */
public interface RemoteProcess extends AutoCloseable {

  /**
   * Where the process's standard input is written to, by one thread. Closing it is the end of
   * input. Writing may block while the process does not read, and fails once the process is gone.
   *
   * @return always the same stream
   */
  OutputStream stdin();

  /**
   * The exit code, when the process has ended.
   *
   * @return completed with all the bits that the host gives, or exceptionally with a {@link
   *     io.psconnect.ConnectionException} when it cannot be learnt any more
   */
  CompletableFuture<Integer> exitCode();

  /**
   * The end of both output streams: everything has been given to the {@link OutputSink}. This may
   * be long after the exit, when something that the process started still holds the streams.
   *
   * @return completed normally in any case
   */
  CompletableFuture<Void> outputEnd();

  /**
   * Whether PowerShell is known to have come up, asked when the process has ended and given all its
   * output. Where it did not, the end is that of something else, a login shell that found no
   * PowerShell for instance.
   *
   * @return true, unless overridden
   */
  default boolean hasStarted() {
    return true;
  }

  /**
   * Ends the process and all that it has started.
   *
   * @param grace how long to wait for the end to be seen
   * @return true if the end of all of them was seen
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  boolean kill(Duration grace) throws InterruptedException;

  /** Lets go of what belongs to this process here. Does not end the process. Does not throw. */
  @Override
  void close();
}
