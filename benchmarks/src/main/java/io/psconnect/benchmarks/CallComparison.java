package io.psconnect.benchmarks;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Script;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole calls on this machine, side by side: PowerShell started from Java with the script as its
 * encoded command, and the same script by {@code runScript}.
 */
public final class CallComparison {
  private CallComparison() {}

  /**
   * Prints, for each script and way, the median and minimum in milliseconds and their ratios to the
   * first way's.
   *
   * @param args none
   * @throws Exception if a call fails
   */
  public static void main(String[] args) throws Exception {
    try (Connection connection = Connections.open("local:?powershell=pwsh");
        Connection standby = Connections.open("local:?powershell=pwsh&standby=1")) {
      Map<String, SideBySide.Call> ways = new LinkedHashMap<>();
      ways.put("plain process", CallComparison::plain);
      ways.put("runScript", connection::runScript);
      ways.put(
          "runScript, framed",
          script -> connection.runScript(Script.of(script).withCarrier(Carrier.FRAMED)));
      ways.put("runScript, standby", standby::runScript);
      new SideBySide(ways).run();
    }
  }

  private static void plain(String script) throws Exception {
    SideBySide.process(
        "pwsh",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        SideBySide.encoded(script));
  }
}
