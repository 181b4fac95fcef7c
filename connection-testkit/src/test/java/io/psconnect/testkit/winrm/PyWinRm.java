package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's pywinrm, a client that others have written. */
final class PyWinRm {
  /** Debian's, which knows Debian's modules, whatever else is on PATH. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final String PROLOGUE =
      """
      import sys, winrm
      from winrm.exceptions import WinRMTransportError, WinRMError, WinRMOperationTimeoutError
      def session(user, password, **options):
          options.setdefault('transport', 'basic')
          return winrm.Session(sys.argv[1], auth=(user, password), **options)
      """;

  private PyWinRm() {}

  static void assumeInstalled() throws Exception {
    boolean there = run(List.of(PYTHON, "-c", "import winrm")).isEmpty();
    boolean required =
        System.getenv().getOrDefault("PSCONNECT_REQUIRE", "").contains("python3-winrm");
    Assumptions.assumeTrue(
        there || required, "on Debian: apt-get install --no-install-recommends python3-winrm");
  }

  /** Runs lines of Python after the definition of {@code session}, and returns what they print. */
  static String run(WinRmHost host, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-W", "ignore", "-c"));
    command.add(PROLOGUE + script);
    command.add(host.url());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws Exception {
    Process python;
    try {
      python = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return e.getMessage();
    }
    python.getOutputStream().close();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(true, python.waitFor(30, TimeUnit.SECONDS), output);
    return output;
  }
}
