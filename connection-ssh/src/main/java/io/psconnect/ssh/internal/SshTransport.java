package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import io.psconnect.ssh.SshOptions;
import java.util.List;

/** Starts PowerShell on a host by SSH. */
final class SshTransport implements Transport {
  private final SshOptions options;

  SshTransport(SshOptions options) {
    this.options = options;
  }

  @Override
  public String backend() {
    return SshOptions.BACKEND;
  }

  @Override
  public int argumentBudget() {
    return 8191 - options.powerShell().length();
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    throw new UnsupportedOperationException();
  }
}
