package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's pywinrm, a client that others have written. */
final class PyWinRm {
  private static final String PROLOGUE =
      """
      import sys, winrm
      from winrm.exceptions import WinRMTransportError, WinRMError, WinRMOperationTimeoutError
      def session(user, password, **options):
          options.setdefault('transport', 'basic')
          return winrm.Session(sys.argv[1], auth=(user, password), **options)
      """;

  /** OpenSSL 3 has MD4, which NTLM needs, for who asks for it. */
  private static final Path LEGACY = file("/io/psconnect/testkit/winrm/openssl.cnf");

  private PyWinRm() {}

  static void assumeInstalled() {
    Python.requires(new Python.Module("python3-winrm", "import winrm"));
  }

  private static Path file(String resource) {
    try {
      return Path.of(PyWinRm.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** Runs lines of Python after the definition of {@code session}, and returns what they print. */
  static String run(WinRmHost host, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Python.PROGRAM, "-W", "ignore", "-c"));
    command.add(PROLOGUE + script);
    command.add(host.url());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("OPENSSL_CONF", LEGACY.toString());
    Process python = builder.start();
    python.getOutputStream().close();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(python.waitFor(30, TimeUnit.SECONDS), output);
    return output;
  }
}
