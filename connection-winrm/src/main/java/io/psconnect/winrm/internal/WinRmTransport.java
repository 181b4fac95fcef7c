package io.psconnect.winrm.internal;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import io.psconnect.winrm.internal.files.BlockCopy;
import io.psconnect.winrm.internal.files.CopyHost;
import io.psconnect.winrm.internal.http.HttpChannel;
import io.psconnect.winrm.internal.shell.ShellSettings;
import io.psconnect.winrm.internal.shell.Shells;
import java.util.List;

/** Starts PowerShell on a host by WinRM: as commands in shells that are kept. */
public final class WinRmTransport implements Transport {
  private static final String BACKEND = "winrm";

  private final HttpChannel channel;
  private final String host;
  private final Shells shells;

  /**
   * A transport that is not open yet.
   *
   * @param channel to the host; closed with this
   * @param settings how shells are used
   * @param host for messages
   */
  public WinRmTransport(HttpChannel channel, ShellSettings settings, String host) {
    this.channel = channel;
    this.host = host;
    shells = new Shells(channel, settings, this::origin);
  }

  private Origin origin(Phase phase) {
    return new Origin(BACKEND, host, phase);
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public void open() throws ConnectionException, InterruptedException {
    shells.open();
  }

  @Override
  public int argumentBudget() {
    return shells.argumentBudget();
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException {
    return shells.start(arguments, output, deadline);
  }

  /** In blocks, by several commands at once; a small file goes by one. */
  @Override
  public boolean copyFile(FileCopy copy, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (!BlockCopy.suits(copy)) {
      return false;
    }
    new BlockCopy(copy, new Receivers(), deadline).run();
    return true;
  }

  private final class Receivers implements CopyHost {
    @Override
    public Origin origin() {
      return WinRmTransport.this.origin(Phase.COPY);
    }

    @Override
    public int argumentBudget() {
      return shells.argumentBudget();
    }

    @Override
    public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
        throws ConnectionException, InterruptedException {
      return shells.start(arguments, output, deadline);
    }

    @Override
    public RemoteProcess startMore(List<String> arguments, OutputSink output, Deadline deadline)
        throws ConnectionException, InterruptedException {
      return shells.startMore(arguments, output, deadline);
    }
  }

  @Override
  public void close() {
    try (channel) {
      shells.close();
    }
  }
}
