package com.example.overthere;

import com.xebialabs.overthere.CmdLine;
import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.Overthere;
import com.xebialabs.overthere.OverthereConnection;
import com.xebialabs.overthere.OverthereProcess;
import com.xebialabs.overthere.RuntimeIOException;
import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.UnreachableException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.StreamedProcess;
import io.psconnect.spi.Transport;
import java.util.List;
import net.schmizz.sshj.userauth.UserAuthException;

/** An Overthere connection that starts PowerShell. Overthere takes any SSH host key there is. */
final class OverthereTransport implements Transport {
  private final OverthereOptions options;
  private volatile OverthereConnection connection;

  OverthereTransport(OverthereOptions options) {
    this.options = options;
  }

  @Override
  public String backend() {
    return options.backend();
  }

  @Override
  public String host() {
    return options.options().get(ConnectionOptions.ADDRESS, "");
  }

  @Override
  public void open() throws ConnectionException {
    try {
      connection = Overthere.getConnection(options.protocol(), options.options());
    } catch (RuntimeException e) {
      Throwable cause = reason(e);
      Origin origin = new Origin(backend(), host(), Phase.CONNECT);
      throw cause instanceof UserAuthException
          ? new AuthenticationException(origin, "the host refused: " + cause.getMessage(), cause)
          : new UnreachableException(origin, "Overthere says: " + cause.getMessage(), cause);
    }
  }

  /** Overthere's own message may hold the whole command line, with the script in it. */
  private static Throwable reason(RuntimeException e) {
    return e instanceof RuntimeIOException && e.getCause() != null ? e.getCause() : e;
  }

  @Override
  public int argumentBudget() {
    return 8191 - options.powerShell().length() - 1; // what cmd.exe takes
  }

  /** Overthere ends the process itself at most; its id leads to those that it has started. */
  @Override
  public boolean needsProcessId() {
    return true;
  }

  /** Over a network only Overthere knows whether the command had left when it failed. */
  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    CmdLine command = new CmdLine().addArgument(options.powerShell());
    arguments.forEach(command::addArgument);
    try {
      return described(connection.startProcess(command)).start(this, output);
    } catch (RuntimeException e) {
      Throwable cause = reason(e);
      Origin origin = new Origin(backend(), host(), Phase.START);
      String message = "Overthere could not start PowerShell: " + cause.getMessage();
      throw options.protocol().equals("local")
          ? new UnsupportedBackendException(origin, message, cause)
          : new ConnectionException(origin, ScriptState.MAY_HAVE_RUN, message, cause);
    }
  }

  /** All but a local process hold a lock in waitFor() that destroy() needs. */
  private StreamedProcess.Builder described(OverthereProcess process) {
    StreamedProcess.Builder description =
        StreamedProcess.of(process.getStdin(), process.getStdout(), process.getStderr())
            .release(process::destroy);
    return options.protocol().equals("local")
        ? description.exitCode(process::waitFor)
        : description.exitCodeAfterOutput(() -> exitCode(process));
  }

  private static int exitCode(OverthereProcess process) throws InterruptedException {
    int code = process.waitFor();
    if (code == -1) {
      throw new IllegalStateException("Overthere has none, the host may have closed the session");
    }
    return code;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
    }
  }
}
