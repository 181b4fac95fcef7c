package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import java.util.List;

/** Starts scripted PowerShell processes as threads of this one. */
final class ScriptedTransport implements Transport {
  /** As cmd.exe has it: the smallest that real backends meet, so that both carriers are used. */
  private static final int ARGUMENT_BUDGET = 8_000;

  private final ScriptedPowerShell powerShell;

  ScriptedTransport(ScriptedPowerShell powerShell) {
    this.powerShell = powerShell;
  }

  @Override
  public String backend() {
    return ScriptedPowerShell.BACKEND;
  }

  @Override
  public String host() {
    return "";
  }

  @Override
  public void open() {
    // There is no host to reach.
  }

  @Override
  public int argumentBudget() {
    return ARGUMENT_BUDGET;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    return ScriptedProcess.start(powerShell, List.copyOf(arguments), output);
  }

  @Override
  public boolean copyFile(FileCopy copy, Deadline deadline)
      throws ConnectionException, InterruptedException {
    powerShell.copyFile(copy);
    return true;
  }

  @Override
  public void close() {
    // A process belongs to its call; there is nothing else to let go of.
  }
}
