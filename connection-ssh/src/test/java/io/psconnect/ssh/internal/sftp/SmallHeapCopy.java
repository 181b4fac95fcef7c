package io.psconnect.ssh.internal.sftp;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.ssh.ChildJvm;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;

/** Run by {@link SshSmallHeapCopyTest} in a Java machine of its own with a small heap. */
final class SmallHeapCopy {
  private SmallHeapCopy() {}

  /** Arguments: those of {@link ChildJvm#options}, source, target. */
  public static void main(String[] args) throws Exception {
    SshOptions options = ChildJvm.options(args).powerShell("pwsh").build();
    try (Connection connection = Connections.of(options)) {
      connection.open();
      connection.streamFile(FileCopy.of(Path.of(args[4]), args[5]));
    }
    System.out.println("copied");
  }
}
