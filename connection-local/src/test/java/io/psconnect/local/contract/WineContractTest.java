package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.Capability;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The contract on the Windows build of PowerShell under Wine: code page 1252, CRLF, {@code C:\}
 * paths, and files that go through PowerShell since this machine knows no such paths.
 */
@RequiresProgram({"powershell.exe", "wine"})
class WineContractTest extends ConnectionContract {

  @Override
  protected Connection newConnection() throws Exception {
    return LocalPowerShell.named("powershell.exe");
  }

  @Override
  protected String remoteFolder() {
    return "C:\\users\\Public";
  }

  @Override
  protected Map<Capability, String> missing() {
    return Map.of(
        Capability.PROCESS_TREE,
        "ending the Unix process ends the Windows process, but its children under Wine are no"
            + " children of it on Unix, where the backend looks for them",
        Capability.ANY_FILE_NAME,
        "Windows allows no ASCII double quote in the name of a file");
  }

  /** Wine's client, when its server is busy. */
  @Override
  protected Optional<Pattern> platformNoise() {
    return Optional.of(Pattern.compile("wine client error:.*\\R?"));
  }
}
