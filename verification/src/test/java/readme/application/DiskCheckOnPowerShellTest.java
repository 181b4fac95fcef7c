package readme.application;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's first example, on a real PowerShell. */
class DiskCheckOnPowerShellTest {

  @Test
  @RequiresProgram("pwsh")
  void aDriveHasRoomForAByteAndNotForEverything() throws Exception {
    String drive = Path.of("").toAbsolutePath().getRoot().toString();
    try (Connection host = Connections.open("local:")) {
      assertTrue(new DiskCheck(host).hasRoom(drive, 1));
      assertFalse(new DiskCheck(host).hasRoom(drive, Long.MAX_VALUE));
    }
  }
}
