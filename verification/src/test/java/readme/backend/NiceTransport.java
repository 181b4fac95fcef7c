package readme.backend;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.spi.ChildProcess;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.spi.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

final class NiceTransport implements Transport {
  private final NiceOptions options;

  NiceTransport(NiceOptions options) {
    this.options = options;
  }

  @Override
  public String backend() {
    return "nice";
  }

  @Override
  public int argumentBudget() {
    return 100_000;
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException {
    List<String> command = new ArrayList<>(List.of("nice", "-n", options.niceness(), "pwsh"));
    command.addAll(arguments);
    try {
      return new ChildProcess(new ProcessBuilder(command).start(), output, true);
    } catch (IOException e) {
      throw new UnsupportedBackendException(
          new Origin("nice", "", Phase.START), "nice did not start: " + e.getMessage(), e);
    }
  }
}
