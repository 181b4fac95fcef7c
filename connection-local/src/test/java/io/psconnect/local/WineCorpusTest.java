package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus, which was recorded on Linux, on the Windows build of PowerShell under Wine: with code
 * page 1252, CRLF and Windows paths. {@link PlatformDifferences} names what the platform changes.
 */
@RequiresProgram({"wine", "powershell.exe"})
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class WineCorpusTest {
  private static Connection connection;

  @BeforeAll
  static void open() throws Exception {
    connection = Connections.open(LocalOptions.builder().powerShell("powershell.exe").build());
    connection.healthcheck(); // Wine's server starts with the first call, and not well with two.
  }

  @AfterAll
  static void close() {
    connection.close();
  }

  static Stream<Recording> calls() {
    return Recording.all().stream()
        .filter(recording -> !recording.script().isEmpty())
        .filter(recording -> CorpusDifferences.of(recording.id()).isEmpty())
        .filter(recording -> PlatformDifferences.obstacle(recording.id()).isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void givesWhatPowerShellItselfGivesButForThePlatform(Recording recording) throws Exception {
    Result result =
        connection.runScript(Script.of(recording.script()).withInput(recording.input()));
    assertAll(
        () -> assertEquals(PlatformDifferences.stdout(recording), unix(result.stdoutBytes())),
        () -> assertEquals(PlatformDifferences.stderr(recording), unix(result.stderrBytes())),
        () -> assertEquals(PlatformDifferences.exitCode(recording), result.exitCode()));
  }

  /** Without CRLF, and without what Wine itself says when its server is busy. */
  private static String unix(byte[] output) {
    String text = new String(output, StandardCharsets.UTF_8).replace("\r\n", "\n");
    return Recording.describe(
        text.replaceAll("(?m)^wine client error:.*\n", "").getBytes(StandardCharsets.UTF_8));
  }
}
