package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The host as pywinrm sees it. */
@Timeout(60)
class WinRmHostTest {
  @BeforeAll
  static void needsPyWinRm() throws Exception {
    PyWinRm.assumeInstalled();
  }

  private static WinRmHost.Builder plain() {
    return WinRmHost.builder().user("admin", "sésame:1").basic().allowUnencrypted();
  }

  private static Path pwsh() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "pwsh"))
        .filter(path -> path.toFile().canExecute())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @RequiresProgram("pwsh")
  void runsScriptsByARealPowerShell() throws Exception {
    try (WinRmHost host = plain().powerShell(pwsh()).start()) {
      String output =
          PyWinRm.run(
              host,
              """
              r = session('admin', 's\\u00e9same:1').run_ps('"1+1=$(1+1)"; exit 7')
              print(r.status_code, r.std_out, r.std_err)
              """);
      assertEquals("7 b'1+1=2\\n' b''\n", output);
      Leftovers.awaitNone(host);
    }
    Leftovers.assertNoThreads();
  }

  @Test
  void runsOtherPrograms() throws Exception {
    try (WinRmHost host = plain().start()) {
      String output =
          PyWinRm.run(
              host,
              """
              s = session('admin', 's\\u00e9same:1')
              r = s.run_cmd('sh', ['-c', '"echo out; echo err >&2; exit 3"'])
              print(r.status_code, r.std_out, r.std_err)
              r = s.run_cmd('no-such-program')
              print(r.status_code, r.std_out, r.std_err)
              """);
      assertEquals(
          """
          3 b'out\\n' b'err\\n'
          1 b'' b"'no-such-program' is not recognized as an internal or external command,\\r\\n\
          operable program or batch file.\\r\\n"
          """,
          output);
      assertEquals(
          List.of("sh -c \"echo out; echo err >&2; exit 3\"", "no-such-program"),
          host.commandLines());
      assertEquals(2, host.shells());
      Leftovers.awaitNone(host);
    }
  }
}
