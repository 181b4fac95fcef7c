package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodesTest {
  private static final Origin ORIGIN = new Origin("ssh", "build01:22", Phase.RUN);

  @Test
  void refusedIsNotTheSameAsUnreachable() {
    assertEquals(77, ExitCodes.of(new AuthenticationException(ORIGIN, "no", null)));
    assertEquals(69, ExitCodes.of(new UnreachableException(ORIGIN, "no", null)));
  }

  @Test
  void aFileThatTheHostWouldNotHaveHasACodeOfItsOwn() {
    FileCopyException refused = new FileCopyException(ORIGIN, "no room", null);
    assertEquals(73, ExitCodes.of(refused));
    assertEquals(73, ExitCodes.of(new UnfinishedCopyException(refused, "C:/x", new Transfer())));
  }

  @Test
  void aSessionThatBrokeIsAnInputOutputError() {
    assertEquals(
        74,
        ExitCodes.of(new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "cut", null)));
    assertEquals(
        74, ExitCodes.of(new ConnectionException(ORIGIN, ScriptState.MAY_HAVE_RUN, "cut", null)));
    assertEquals(74, ExitCodes.of(new UncheckedIOException(new IOException("full"))));
  }

  @Test
  void timeThatWasUpHasACodeOfItsOwn() {
    assertEquals(
        75,
        ExitCodes.of(
            new ConnectionTimeoutException(
                ORIGIN, ScriptState.MAY_HAVE_RUN, Termination.CONFIRMED, "late")));
  }

  @Test
  void interruptionHasTheCodeOfCtrlC() {
    assertEquals(130, ExitCodes.of(new InterruptedException()));
  }

  @Test
  void whatIsNotForeseenIsABug() {
    assertEquals(70, ExitCodes.of(new IllegalStateException("two backends")));
  }

  @DisabledOnOs(value = WINDOWS, disabledReason = "Windows keeps all 32 bits")
  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "255, 255", "256, 255", "-65536, 255", "257, 257", "-1, -1"})
  void onUnixNoFailureBecomesASuccess(int scripts, int ours) {
    assertEquals(ours, ExitCodes.forThisSystem(scripts));
  }
}
