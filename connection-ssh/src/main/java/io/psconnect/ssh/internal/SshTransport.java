package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.HostPort;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.sftp.SftpCopy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts PowerShell on a host by SSH: one session, a channel for each process. A session that was
 * lost is replaced when the next call needs one.
 */
final class SshTransport implements Transport {
  /** What cmd.exe takes; it is the login shell of Windows' sshd unless somebody changed that. */
  private static final int COMMAND_LINE_LIMIT = 8191;

  private static final int SESSIONS_OF_COPY = 2;

  private final SshOptions options;
  private final RemoteCommand command;
  private final SshConnector connector;
  private final ExecChannels channels;
  private final Semaphore slots;
  private final ReentrantLock connecting = new ReentrantLock();
  private volatile SshLink link;

  SshTransport(SshOptions options) {
    this.options = options;
    command = new RemoteCommand(options.powerShell());
    connector = new SshConnector(options, this::origin);
    channels = new ExecChannels(this::origin);
    slots = new Semaphore(options.maxSessions(), true);
  }

  @Override
  public String backend() {
    return SshOptions.BACKEND;
  }

  @Override
  public String host() {
    return HostPort.text(options.host(), options.port());
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    link(Deadline.none());
  }

  @Override
  public int argumentBudget() {
    return COMMAND_LINE_LIMIT - command.overhead();
  }

  @Override
  public boolean needsProcessId() {
    return true;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException {
    awaitSlots(1, deadline);
    Slot slot = new Slot(slots);
    try {
      SshLink current = link(deadline);
      ExecChannel channel = channels.open(current, command.line(arguments), deadline);
      channel.addCloseFutureListener(closed -> slot.free());
      return new SshProcess(
          channel, output, new ProcessTree(current, channels, command), origin(Phase.RUN));
    } catch (ConnectionException | InterruptedException | RuntimeException e) {
      slot.free();
      throw e;
    }
  }

  /** By SFTP, where two sessions may be open: for the file, and for PowerShell that checks it. */
  @Override
  public boolean copyFile(FileCopy copy, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (options.maxSessions() < SESSIONS_OF_COPY || !SftpCopy.suits(copy)) {
      return false;
    }
    awaitSlots(SESSIONS_OF_COPY, deadline);
    try {
      CopyHost host =
          new CopyHost(
              link(deadline), channels, command, origin(Phase.COPY), argumentBudget(), deadline);
      return new SftpCopy(copy, host, deadline).run();
    } finally {
      slots.release(SESSIONS_OF_COPY);
    }
  }

  private void awaitSlots(int number, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (!slots.tryAcquire(number, deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw new ConnectionTimeoutException(
          origin(Phase.START),
          ScriptState.NOT_STARTED,
          Termination.NOT_NEEDED,
          "all %d sessions (maxSessions) were busy for %s; allow more time, or more sessions if the"
                  .formatted(options.maxSessions(), DurationText.of(deadline.allowed()))
              + " host does (MaxSessions of its sshd_config)");
    }
  }

  /** The session, or a new one if it was lost. */
  private SshLink link(Deadline deadline) throws ConnectionException, InterruptedException {
    SshLink current = link;
    if (current != null && current.isAlive()) {
      return current;
    }
    Deadline until = earlier(deadline, options.connectTimeout());
    if (!connecting.tryLock(until.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw new ConnectionTimeoutException(
          origin(Phase.CONNECT),
          ScriptState.NOT_STARTED,
          Termination.NOT_NEEDED,
          "another call was still connecting after " + DurationText.of(until.allowed()));
    }
    try {
      return connected(until);
    } finally {
      connecting.unlock();
    }
  }

  private SshLink connected(Deadline deadline) throws ConnectionException, InterruptedException {
    SshLink lost = link;
    if (lost != null && lost.isAlive()) {
      return lost;
    }
    if (lost != null) {
      lost.close();
    }
    link = connector.connect(deadline);
    return link;
  }

  private static Deadline earlier(Deadline deadline, Duration timeout) {
    Deadline other = Deadline.after(timeout);
    long nanos = Math.min(deadline.remainingNanos(), other.remainingNanos());
    return other.remainingNanos() <= deadline.remainingNanos()
        ? other
        : Deadline.after(Duration.ofNanos(Math.max(1, nanos)));
  }

  private Origin origin(Phase phase) {
    return new Origin(backend(), host(), phase);
  }

  @Override
  public void close() {
    SshLink current = link;
    if (current != null) {
      current.close();
    }
    connector.close();
  }
}
