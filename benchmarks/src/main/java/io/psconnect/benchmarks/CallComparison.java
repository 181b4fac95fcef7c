package io.psconnect.benchmarks;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Script;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole calls, side by side: PowerShell started from Java with the script as its encoded command,
 * and the same script by {@code runScript}. The ways take turns, so that a busy moment meets them
 * all.
 */
public final class CallComparison {
  private static final int CALLS = 40;
  private static final String[] SCRIPTS = {
    "exit 0", "Get-Process -Id $PID | Select-Object Id,ProcessName | ConvertTo-Json"
  };

  private CallComparison() {}

  private interface Call {
    void run(String script) throws Exception;
  }

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
      Map<String, Call> ways = new LinkedHashMap<>();
      ways.put("plain process", CallComparison::plain);
      ways.put("runScript", connection::runScript);
      ways.put(
          "runScript, framed",
          script -> connection.runScript(Script.of(script).withCarrier(Carrier.FRAMED)));
      ways.put("runScript, standby", standby::runScript);
      for (String script : SCRIPTS) {
        print(script, measure(script, ways));
      }
    }
  }

  private static void plain(String script) throws Exception {
    String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    Process process =
        new ProcessBuilder(
                "pwsh", "-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    process.waitFor();
  }

  private static Map<String, double[]> measure(String script, Map<String, Call> ways)
      throws Exception {
    Map<String, double[]> times = new LinkedHashMap<>();
    ways.keySet().forEach(way -> times.put(way, new double[CALLS]));
    for (int i = -3; i < CALLS; i++) {
      for (Map.Entry<String, Call> way : ways.entrySet()) {
        double millis = time(way.getValue(), script);
        if (i >= 0) {
          times.get(way.getKey())[i] = millis;
        }
      }
    }
    return times;
  }

  /** A call comes a while after the one before, as in an application that is not flooded. */
  private static double time(Call call, String script) throws Exception {
    Thread.sleep(500);
    long start = System.nanoTime();
    call.run(script);
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String script, Map<String, double[]> times) {
    times.values().forEach(Arrays::sort);
    double[] plain = times.values().iterator().next();
    System.out.println(script);
    times.forEach(
        (way, sorted) ->
            System.out.printf(
                "  %-20s median %6.1f ms (x %.2f)   minimum %6.1f ms (x %.2f)%n",
                way,
                median(sorted),
                median(sorted) / median(plain),
                sorted[0],
                sorted[0] / plain[0]));
  }

  private static double median(double[] sorted) {
    return (sorted[CALLS / 2 - 1] + sorted[CALLS / 2]) / 2;
  }
}
