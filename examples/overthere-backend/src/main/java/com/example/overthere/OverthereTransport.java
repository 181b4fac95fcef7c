package com.example.overthere;

import com.xebialabs.overthere.CmdLine;
import com.xebialabs.overthere.Overthere;
import com.xebialabs.overthere.OverthereConnection;
import com.xebialabs.overthere.OverthereProcess;
import com.xebialabs.overthere.RuntimeIOException;
import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** An Overthere connection that starts PowerShell; files go by PowerShell's standard input. */
final class OverthereTransport implements Transport {
  /** What cmd.exe takes. */
  private static final int COMMAND_LINE_LIMIT = 8191;

  private final OverthereOptions options;
  private volatile OverthereConnection connection;

  OverthereTransport(OverthereOptions options) {
    this.options = options;
  }

  @Override
  public String backend() {
    return OverthereOptions.BACKEND;
  }

  @Override
  public String host() {
    return options.options().get(com.xebialabs.overthere.ConnectionOptions.ADDRESS, "");
  }

  @Override
  public void open() throws ConnectionException {
    try {
      connection = Overthere.getConnection(options.protocol(), options.options());
    } catch (RuntimeException e) {
      throw new UnreachableException(
          new Origin(backend(), host(), Phase.CONNECT), "Overthere says: " + e.getMessage(), e);
    }
  }

  @Override
  public int argumentBudget() {
    return COMMAND_LINE_LIMIT - options.powerShell().length() - 1;
  }

  /** Overthere ends the process itself at most; its id leads to those that it has started. */
  @Override
  public boolean needsProcessId() {
    return true;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    try {
      return new OverthereRun(startProcess(arguments), output, this);
    } catch (RuntimeIOException e) {
      throw new UnreachableException(
          new Origin(backend(), host(), Phase.START), "Overthere says: " + e.getMessage(), e);
    }
  }

  private OverthereProcess startProcess(List<String> arguments) {
    CmdLine command = new CmdLine().addArgument(options.powerShell());
    arguments.forEach(command::addArgument);
    return connection.startProcess(command);
  }

  /** Ends a process by a second one; returns whether its end was seen. */
  boolean endTree(long processId, Duration patience) {
    PowerShellLaunch launch =
        PowerShellLaunch.of(
            ProcessTreeEnd.script(processId, patience), Carrier.INLINE, Integer.MAX_VALUE);
    try {
      OverthereProcess process = startProcess(launch.arguments());
      process.getStdin().close();
      process.getStdout().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException | RuntimeIOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  SessionDroppedException dropped(Exception cause) {
    return new SessionDroppedException(
        new Origin(backend(), host(), Phase.RUN),
        ScriptState.MAY_HAVE_RUN,
        "Overthere lost the process: " + cause.getMessage(),
        cause);
  }

  @Override
  public void close() {
    OverthereConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
