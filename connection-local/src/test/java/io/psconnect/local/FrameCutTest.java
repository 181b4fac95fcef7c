package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.testkit.contract.RequiresProgram;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that ends inside the frame, at each of its bytes, runs no part of the script. */
@RequiresProgram("pwsh")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class FrameCutTest {
  private static final String SCRIPT = "'a';'b';'c'";

  static IntStream everyByte() {
    return IntStream.range(0, PlainPowerShell.frameLength(SCRIPT));
  }

  @ParameterizedTest
  @MethodSource("everyByte")
  void cutFrameRunsNothing(int bytes) throws Exception {
    assertEquals("", PlainPowerShell.stdoutOfCutFrame(SCRIPT, bytes));
  }

  @Test
  void wholeFrameRunsTheScript() throws Exception {
    int whole = PlainPowerShell.frameLength(SCRIPT);
    assertEquals(
        "a,b,c",
        String.join(",", PlainPowerShell.stdoutOfCutFrame(SCRIPT, whole).lines().toList()));
  }
}
