package io.psconnect.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several ways to run the same scripts. They take turns, so that a busy moment of the machine meets
 * them all.
 */
final class SideBySide {
  private static final int CALLS = 40;
  private static final int WARM_UP = 3;
  private static final String[] SCRIPTS = {
    "exit 0", "Get-Process -Id $PID | Select-Object Id,ProcessName | ConvertTo-Json"
  };

  private final Map<String, Call> ways;

  /** One way to run a script to its end. */
  interface Call {
    void run(String script) throws Exception;
  }

  /**
   * @param ways by their names; the others are compared with the first
   */
  SideBySide(Map<String, Call> ways) {
    this.ways = ways;
  }

  void run() throws Exception {
    for (String script : SCRIPTS) {
      print(script, measure(script));
    }
  }

  /** What PowerShell takes after {@code -EncodedCommand}. */
  static String encoded(String script) {
    return Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
  }

  /** Runs a program to its end, with empty input. */
  static void process(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s ended with exit code %d".formatted(command[0], process.exitValue()));
    }
  }

  private Map<String, double[]> measure(String script) throws Exception {
    Map<String, double[]> times = new LinkedHashMap<>();
    ways.keySet().forEach(way -> times.put(way, new double[CALLS]));
    for (int i = -WARM_UP; i < CALLS; i++) {
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
    double[] first = times.values().iterator().next();
    System.out.println(script);
    times.forEach(
        (way, sorted) ->
            System.out.printf(
                "  %-26s median %6.1f ms (x %.2f)   minimum %6.1f ms (x %.2f)%n",
                way,
                median(sorted),
                median(sorted) / median(first),
                sorted[0],
                sorted[0] / first[0]));
  }

  private static double median(double[] sorted) {
    return (sorted[CALLS / 2 - 1] + sorted[CALLS / 2]) / 2;
  }
}
