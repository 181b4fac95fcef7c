package io.psconnect.local.internal;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.local.LocalOptions;
import io.psconnect.spi.ChildProcess;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts PowerShell as a child of this process. */
final class LocalTransport implements Transport {
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /** CreateProcess takes 32767 characters; Linux takes 131072 bytes in one argument. */
  private static final int COMMAND_LINE_LIMIT = WINDOWS ? 32_766 : 131_071;

  private final LocalOptions options;
  private volatile Path powerShell;

  LocalTransport(LocalOptions options) {
    this.options = options;
  }

  @Override
  public String backend() {
    return LocalOptions.BACKEND;
  }

  @Override
  public void open() throws UnsupportedBackendException {
    PowerShellSearch search =
        new PowerShellSearch(System.getenv().getOrDefault("PATH", ""), WINDOWS);
    List<String> wanted = options.powerShell().map(List::of).orElse(PowerShellSearch.DEFAULT_NAMES);
    powerShell = search.first(wanted).orElseThrow(() -> absent(search));
  }

  private UnsupportedBackendException absent(PowerShellSearch search) {
    return new UnsupportedBackendException(
        new Origin(backend(), host(), Phase.START),
        "no PowerShell found. Tried: %s. Install PowerShell (https://aka.ms/powershell), or name"
                .formatted(search.tried())
            + " its path in LocalOptions.powerShell, or in the URI as local:?powershell=PATH",
        null);
  }

  @Override
  public int argumentBudget() {
    int path = powerShell.toString().length();
    return COMMAND_LINE_LIMIT - path - 3;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    List<String> command = new ArrayList<>();
    command.add(powerShell.toString());
    command.addAll(arguments);
    try {
      return new ChildProcess(new ProcessBuilder(command).start(), output, holdsItsTree());
    } catch (IOException e) {
      throw new UnsupportedBackendException(
          new Origin(backend(), host(), Phase.START),
          "%s could not be started: %s".formatted(powerShell, e.getMessage()),
          e);
    }
  }

  /** What a Windows program starts under WSL or Wine is no descendant of it on the Unix side. */
  private boolean holdsItsTree() {
    return WINDOWS || !powerShell.toString().endsWith(".exe");
  }

  /**
   * A Windows path on a machine that is not Windows (WSL, Wine) means something to PowerShell only.
   */
  @Override
  public boolean copyFile(FileCopy copy, Deadline deadline)
      throws ConnectionException, InterruptedException {
    if (copy.hasWindowsTarget() && !WINDOWS) {
      return false;
    }
    new LocalCopy(copy, deadline).run();
    return true;
  }
}
