package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script of the corpus, by a carrier or in a process that was started ahead, gives what a
 * plain {@code -EncodedCommand} gives: the same output, exit code and error text, colour codes
 * aside. {@link CorpusDifferences} lists the exceptions.
 */
@RequiresProgram("pwsh")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class CorpusTest {
  private static final LocalOptions PWSH = LocalOptions.builder().powerShell("pwsh").build();

  /** Every script by every way: minutes, in place of each by one of the three. */
  private static final boolean WHOLE = Boolean.getBoolean("psconnect.corpus.whole");

  private static Connection connection;
  private static Connection withStandby;

  /** The ways a script can take. */
  enum Way {
    INLINE,
    FRAMED,
    STANDBY;

    Result run(Script script) throws Exception {
      return this == STANDBY
          ? withStandby.runScript(script)
          : connection.runScript(script.withCarrier(Carrier.valueOf(name())));
    }
  }

  @BeforeAll
  static void open() throws Exception {
    connection = Connections.open(PWSH);
    withStandby = Connections.open(PWSH.toBuilder().standby(2).build());
  }

  @AfterAll
  static void close() {
    connection.close();
    withStandby.close();
  }

  @Test
  void corpusIsWholeAndAllOfItButTheEmptyScriptIsRun() {
    assertEquals(175, Recording.all().size());
    assertEquals(174, calls().map(call -> call.get()[0]).distinct().count());
  }

  static Stream<Arguments> calls() {
    return Recording.all().stream()
        .filter(recording -> !recording.script().isEmpty())
        .flatMap(CorpusTest::ways);
  }

  private static Stream<Arguments> ways(Recording recording) {
    Way[] all = Way.values();
    Way one = all[Math.floorMod(recording.id().hashCode(), all.length)];
    return (WHOLE ? Stream.of(all) : Stream.of(one)).map(way -> Arguments.of(recording, way));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("calls")
  void givesWhatPowerShellItselfGives(Recording recording, Way way) throws Exception {
    Result result = way.run(Script.of(recording.script()).withInput(recording.input()));
    CorpusDifferences.of(recording.id())
        .ifPresentOrElse(
            difference -> difference.verify(recording, result),
            () -> assertSame(recording, result));
  }

  private static void assertSame(Recording recording, Result result) {
    assertAll(
        () -> assertEquals(recording.stdout(), Recording.describe(result.stdoutBytes()), "stdout"),
        () -> assertEquals(recording.stderr(), Recording.describe(result.stderrBytes()), "stderr"),
        () -> assertEquals(javaExitCode(recording), result.exitCode(), "exit code"));
  }

  /** Java has 128 and the signal's number where the recording has the number with a minus. */
  static int javaExitCode(Recording recording) {
    return recording.exitCode() < 0 ? 128 - recording.exitCode() : recording.exitCode();
  }

  @Test
  void errorTextOfTheCorpusIsNotEmptyThroughout() {
    assertNotEquals(0, Recording.all().stream().filter(r -> !r.stderr().isEmpty()).count());
  }
}
