package io.psconnect.spi;

import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.powershell.ProcessAnnouncement;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process as most libraries that reach hosts hand it out: three streams, a method that blocks
 * until the exit code is there, and one that lets go of it, by which the process may end or not:
 *
 * <pre>{@code
 * VendorProcess process = session.start(commandLine);
 * return StreamedProcess.of(process.stdin(), process.stdout(), process.stderr())
 *     .exitCode(process::waitFor)
 *     .release(process::disconnect)
 *     .start(this, output);
 * }</pre>
 *
 * <p>What the process has started is ended by a second process on the same transport, whose {@link
 * Transport#needsProcessId()} has to be true. A daemon thread reads each output stream, and one
 * waits for the exit code.
 */
public final class StreamedProcess implements RemoteProcess {
  private static final System.Logger LOG = System.getLogger(StreamedProcess.class.getName());

  private final Transport transport;
  private final OutputStream stdin;
  private final ProcessAnnouncement announcement;
  private final Runnable release;
  private final CompletableFuture<Void> outputEnd;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  private StreamedProcess(Builder builder, Transport transport, OutputSink output) {
    this.transport = Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(output, "output");
    stdin = new CompleteInput(builder.stdin);
    release = builder.release;
    announcement = new ProcessAnnouncement(output::stderr);
    outputEnd =
        CompletableFuture.allOf(
            OutputPump.start(builder.stdout, output::stdout, threadName("stdout")),
            OutputPump.start(builder.stderr, announcement::write, threadName("stderr"))
                .thenRun(announcement::finish));
    Thread waiter = new Thread(() -> awaitExit(builder), threadName("exit"));
    waiter.setDaemon(true);
    waiter.start();
  }

  private String threadName(String work) {
    return "psconnect-%s-%s".formatted(transport.backend(), work);
  }

  private void awaitExit(Builder builder) {
    try {
      if (builder.afterOutput) {
        outputEnd.get();
      }
      exitCode.complete(builder.exitCode.call());
    } catch (Exception e) {
      exitCode.completeExceptionally(lost(e));
    }
  }

  private SessionDroppedException lost(Exception cause) {
    return new SessionDroppedException(
        new Origin(transport.backend(), transport.host(), Phase.RUN),
        ScriptState.MAY_HAVE_RUN,
        "the process was lost, there is no exit code: " + cause.getMessage(),
        cause);
  }

  /**
   * A process that has just been started.
   *
   * @param stdin where its standard input is written to; closing it is the end of input, which is
   *     done after a flush, and not after a write that failed
   * @param stdout its standard output, of which nothing has been read
   * @param stderr its standard error, of which nothing has been read
   * @return a builder, which needs the exit code
   */
  public static Builder of(OutputStream stdin, InputStream stdout, InputStream stderr) {
    return new Builder(stdin, stdout, stderr);
  }

  @Override
  public OutputStream stdin() {
    return stdin;
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
    return announcement.processId().isPresent();
  }

  /** PowerShell may not be up yet; then its id is waited for. */
  @Override
  public boolean kill(Duration grace) throws InterruptedException {
    Deadline deadline = Deadline.after(grace);
    try {
      OptionalLong id =
          announcement.awaitedId().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return id.isPresent() && SecondProcess.end(transport, id.getAsLong(), deadline);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } finally {
      letGo();
    }
  }

  private void letGo() {
    try {
      release.run();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the backend could not let go of a process", e);
    }
  }

  @Override
  public void close() {}

  /** Describes a process. For one thread. */
  public static final class Builder {
    private final OutputStream stdin;
    private final InputStream stdout;
    private final InputStream stderr;
    private Callable<Integer> exitCode;
    private boolean afterOutput;
    private Runnable release = () -> {};

    private Builder(OutputStream stdin, InputStream stdout, InputStream stderr) {
      this.stdin = Objects.requireNonNull(stdin, "stdin");
      this.stdout = Objects.requireNonNull(stdout, "stdout");
      this.stderr = Objects.requireNonNull(stderr, "stderr");
    }

    /**
     * How to get the exit code.
     *
     * @param await blocks until it is there; throws if it cannot be learnt any more
     * @return this
     */
    public Builder exitCode(Callable<Integer> await) {
      exitCode = Objects.requireNonNull(await, "await");
      afterOutput = false;
      return this;
    }

    /**
     * How to get the exit code where it may not be asked for while the process runs, because the
     * library then holds a lock that its other methods need for instance. A process that is left
     * running with the streams holds the call.
     *
     * @param await called when both output streams have ended; throws if the exit code cannot be
     *     learnt any more
     * @return this
     */
    public Builder exitCodeAfterOutput(Callable<Integer> await) {
      exitCode(await);
      afterOutput = true;
      return this;
    }

    /**
     * How to let go of a process that was given up.
     *
     * @param action called after the process was ended or could not be ended, by the thread that
     *     gave it up; what it throws is logged and passed over; the default does nothing
     * @return this
     */
    public Builder release(Runnable action) {
      release = Objects.requireNonNull(action, "action");
      return this;
    }

    /**
     * Begins to read the output.
     *
     * @param transport which has started the process, and starts the one that ends it
     * @param output given the process's output from now on
     * @return the process
     * @throws IllegalStateException if it was not said how to get the exit code
     */
    public StreamedProcess start(Transport transport, OutputSink output) {
      if (exitCode == null) {
        throw new IllegalStateException("a process needs exitCode() or exitCodeAfterOutput()");
      }
      return new StreamedProcess(this, transport, output);
    }
  }
}
