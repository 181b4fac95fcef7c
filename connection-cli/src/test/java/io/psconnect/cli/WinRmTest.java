package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.winrm.WinRmHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against WinRM hosts with a real PowerShell behind them. */
@RequiresProgram("pwsh")
@Timeout(120)
class WinRmTest {
  private static final String SECRET = "hunter2-sentinel";

  /** Writes its input and something of its own, byte for byte, and ends with a code. */
  private static final String ECHO =
      """
      $text = [Console]::In.ReadToEnd()
      $bytes = [byte[]](0, 255, 10, 13) + [Text.Encoding]::UTF8.GetBytes($text)
      $out = [Console]::OpenStandardOutput()
      $out.Write($bytes, 0, $bytes.Length)
      $out.Flush()
      [Console]::Error.WriteLine('grüezi on the other stream')
      exit 7
      """;

  @TempDir Path folder;

  private static WinRmHost start(WinRmHost.Builder builder) {
    Path pwsh = PowerShellOnPath.find(System.getenv("PATH")).orElseThrow();
    return builder.user("me", SECRET).ntlm().powerShell(pwsh).start();
  }

  private static WinRmHost http() {
    return start(WinRmHost.builder());
  }

  private static String host(WinRmHost host) {
    return "winrm://me@%s:%d".formatted(host.hostName(), host.port());
  }

  private static Outcome call(WinRmHost host, List<String> arguments, String... more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of(more));
    Outcome outcome =
        Outcome.of(Tty.NONE, Map.of("PSCONNECT_PASSWORD", SECRET), all.toArray(String[]::new));
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
    assertEquals(0, host.openShells(), "shells left behind");
    return outcome;
  }

  private void assertRuns(WinRmHost host, String... how) throws IOException {
    Path script = Files.writeString(folder.resolve("script.ps1"), ECHO);
    Path input = Files.writeString(folder.resolve("input.txt"), "in: ä€\n");
    String url = host(host) + "?powershell=pwsh";
    Outcome outcome =
        call(
            host,
            List.of("run", script.toString(), "--input", input.toString(), "--url", url),
            how);
    assertEquals(7, outcome.exitCode(), outcome::toString);
    assertArrayEquals(
        "\0\u00FF\n\rin: \u00C3\u00A4\u00E2\u0082\u00AC\n".getBytes(StandardCharsets.ISO_8859_1),
        outcome.output(),
        outcome::toString);
    assertEquals("grüezi on the other stream", outcome.err().strip());
  }

  @Test
  void aScriptRunsOverHttpWithItsInputAndExitCode() throws IOException {
    try (WinRmHost host = http()) {
      assertRuns(host, "--http");
    }
  }

  @Test
  void aScriptRunsOverHttpsWithTheAuthorityThatIsNamedOrWithAnyCertificate() throws IOException {
    try (WinRmHost host = start(WinRmHost.builder().https())) {
      Path authorities = host.writeCaBundle(folder.resolve("ca.pem"));
      assertRuns(host, "--ca", authorities.toString());
      assertRuns(host, "--insecure");
    }
  }

  /** More than goes into one message, so that it travels in parts. */
  @Test
  void aFileArrivesAsItIs() throws IOException {
    byte[] content = new byte[700_001];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Path target = folder.resolve("a folder/100% grüezi");
    try (WinRmHost host = http()) {
      String path = target.toString().replace("%", "%25");
      Outcome outcome =
          call(
              host,
              List.of("copy", file.toString(), host(host) + path + "?powershell=pwsh"),
              "--http");
      assertEquals(0, outcome.exitCode(), outcome::toString);
      assertEquals("", outcome.out() + outcome.err());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }
}
