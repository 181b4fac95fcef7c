package io.psconnect.spi;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PowerShell on the same host that ends the first one, with what that has started. */
final class SecondProcess {
  private static final System.Logger LOG = System.getLogger(SecondProcess.class.getName());

  private static final OutputSink NOWHERE =
      new OutputSink() {
        @Override
        public void stdout(byte[] buffer, int offset, int length) {}

        @Override
        public void stderr(byte[] buffer, int offset, int length) {}
      };

  private SecondProcess() {}

  /** Returns whether the end was seen. */
  static boolean end(Transport transport, long processId, Deadline deadline)
      throws InterruptedException {
    try (RemoteProcess second =
        transport.start(arguments(processId, deadline), NOWHERE, deadline)) {
      second.stdin().close();
      return second.exitCode().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS) == 0;
    } catch (ConnectionException e) {
      LOG.log(Level.DEBUG, "no second process could be started to end the first", e);
    } catch (IOException | ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "the end of a process was not seen", e);
    }
    return false;
  }

  private static List<String> arguments(long processId, Deadline deadline) {
    Duration patience = Duration.ofNanos(deadline.remainingNanos());
    String script = ProcessTreeEnd.script(processId, patience);
    return PowerShellLaunch.of(script, Carrier.INLINE, Integer.MAX_VALUE).arguments();
  }
}
