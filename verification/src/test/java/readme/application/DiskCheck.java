package readme.application;

import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Runner;
import io.psconnect.Script;
import java.time.Duration;

public final class DiskCheck {
  private static final Script FREE_SPACE =
      Script.of("[IO.DriveInfo]::new([Console]::In.ReadToEnd()).AvailableFreeSpace")
          .withTimeout(Duration.ofSeconds(30));

  private final Runner host;

  public DiskCheck(Runner host) {
    this.host = host;
  }

  public boolean hasRoom(String drive, long bytes)
      throws ConnectionException, InterruptedException {
    Result result = host.runScript(FREE_SPACE.withInput(drive));
    if (!result.succeeded()) {
      throw new IllegalArgumentException("drive " + drive + ": " + result.stderr());
    }
    return Long.parseLong(result.stdout().strip()) >= bytes;
  }
}
