package io.psconnect.ssh.internal;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import io.psconnect.ssh.internal.sftp.SftpHost;
import java.util.List;
import org.apache.sshd.client.session.ClientSession;

/** The host of a copy by SFTP, in the session that it begins in. */
record CopyHost(
    SshLink link,
    ExecChannels channels,
    RemoteCommand command,
    Origin origin,
    int argumentBudget,
    Deadline deadline)
    implements SftpHost {

  @Override
  public ClientSession session() {
    return link.session();
  }

  @Override
  public String endReason() {
    return link.endReason();
  }

  @Override
  public RemoteProcess start(List<String> arguments, OutputSink output)
      throws ConnectionException, InterruptedException {
    return new SshProcess(
        channels.open(link, command.line(arguments), deadline),
        output,
        new ProcessTree(link, channels, command),
        origin);
  }
}
