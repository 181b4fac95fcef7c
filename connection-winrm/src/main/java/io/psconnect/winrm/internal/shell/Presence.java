package io.psconnect.winrm.internal.shell;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessAnnouncement;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether there is a PowerShell on the host. Where there is none, it is cmd.exe that ends, with an
 * exit code and words of its own; a script may end in the same way. So when the first end looks
 * like that, PowerShell is started once more, to say its process id. To have every process say its
 * id would be simpler, but the host would answer twice instead of once.
 */
final class Presence {
  private static final System.Logger LOG = System.getLogger(Presence.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Starts PowerShell. */
  interface Starter {
    RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
        throws ConnectionException, InterruptedException;
  }

  private final Starter starter;
  private final int argumentBudget;
  private volatile boolean isCertain;

  Presence(Starter starter, int argumentBudget) {
    this.starter = starter;
    this.argumentBudget = argumentBudget;
  }

  /** A process has done what cmd.exe without a PowerShell does not do. */
  void assure() {
    isCertain = true;
  }

  /** Where the host does not tell, there is one. */
  boolean isThere() {
    if (!isCertain) {
      Deadline deadline = Deadline.after(PATIENCE);
      try {
        isCertain = saysItsId(deadline);
      } catch (IOException | ExecutionException | TimeoutException e) {
        LOG.log(Level.DEBUG, "whether there is a PowerShell could not be learnt", e);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return true;
      }
    }
    return isCertain;
  }

  private boolean saysItsId(Deadline deadline)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    AnnouncedOutput output = new AnnouncedOutput();
    List<String> arguments =
        PowerShellLaunch.announcing("", Carrier.INLINE, argumentBudget).arguments();
    try (RemoteProcess process = starter.start(arguments, output, deadline)) {
      process.stdin().close();
      process.exitCode().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      process.outputEnd().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
      return output.announcement.processId().isPresent();
    }
  }

  private static final class AnnouncedOutput implements OutputSink {
    private final ProcessAnnouncement announcement =
        new ProcessAnnouncement((buffer, offset, length) -> {});

    @Override
    public void stdout(byte[] buffer, int offset, int length) {}

    @Override
    public void stderr(byte[] buffer, int offset, int length) {
      announcement.write(buffer, offset, length);
    }
  }
}
