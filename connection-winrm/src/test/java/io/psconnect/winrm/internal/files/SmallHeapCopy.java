package io.psconnect.winrm.internal.files;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.FileCopy;
import io.psconnect.winrm.WinRmOptions;
import java.nio.file.Path;

/** Run by {@link WinRmSmallHeapCopyTest} in a Java machine of its own with a small heap. */
final class SmallHeapCopy {
  private SmallHeapCopy() {}

  /** Arguments: port, fingerprint, user, password, source, target. */
  public static void main(String[] args) throws Exception {
    WinRmOptions options =
        WinRmOptions.builder()
            .host("127.0.0.1")
            .port(Integer.parseInt(args[0]))
            .certificateFingerprint(args[1])
            .username(args[2])
            .password(args[3].toCharArray())
            .powerShell("pwsh")
            .build();
    try (Connection connection = Connections.of(options)) {
      connection.open();
      connection.streamFile(FileCopy.of(Path.of(args[4]), args[5]));
    }
    System.out.println("copied");
  }
}
