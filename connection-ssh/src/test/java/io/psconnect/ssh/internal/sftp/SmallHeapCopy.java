package io.psconnect.ssh.internal.sftp;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;

/** Run by {@link SshSmallHeapCopyTest} in a Java machine of its own with a small heap. */
final class SmallHeapCopy {
  private SmallHeapCopy() {}

  /** Arguments: port, user, key, known hosts, source, target. */
  public static void main(String[] args) throws Exception {
    SshOptions options =
        SshOptions.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .username(args[1])
            .privateKeyPath(Path.of(args[2]))
            .knownHosts(Path.of(args[3]))
            .noAgent()
            .powerShell("pwsh")
            .build();
    try (Connection connection = Connections.of(options)) {
      connection.open();
      connection.streamFile(FileCopy.of(Path.of(args[4]), args[5]));
    }
    System.out.println("copied");
  }
}
