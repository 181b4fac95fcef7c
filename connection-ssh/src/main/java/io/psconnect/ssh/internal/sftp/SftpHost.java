package io.psconnect.ssh.internal.sftp;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;

/** The host of a copy, as long as one session with it lasts. */
public interface SftpHost {
  /** The session. A copy opens one channel in it, besides that of the process. */
  ClientSession session();

  /** Why the session ended, in words. */
  String endReason();

  /** For messages. */
  Origin origin();

  /** The most characters that PowerShell's arguments may have. */
  int argumentBudget();

  /** Starts PowerShell in the same session. */
  RemoteProcess start(List<String> arguments, OutputSink output)
      throws ConnectionException, InterruptedException;
}
