package io.psconnect.winrm.internal.files;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.util.List;

/** Where PowerShell is started that receives a file. */
public interface CopyHost {

  /** For messages. */
  Origin origin();

  /** How long PowerShell's arguments may be. */
  int argumentBudget();

  /** Starts PowerShell. */
  RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException;

  /** Starts one that the others can do without, unless the host is at a limit. */
  RemoteProcess startMore(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException;
}
