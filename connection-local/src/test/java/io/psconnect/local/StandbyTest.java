package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * PowerShell processes that wait: each is there before its call, serves it alone, and is replaced.
 */
@Isolated("It counts the children of this Java machine, so no other test may have any.")
@RequiresProgram("pwsh")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StandbyTest {
  private Connection connection;

  @BeforeEach
  void open() throws Exception {
    connection = Connections.open("local:?powershell=pwsh&standby=2");
  }

  @AfterEach
  void nothingIsLeft() {
    connection.close();
    assertEquals(List.of(), waiting());
  }

  @Test
  void callIsServedByAProcessThatWasThereBeforeIt() throws Exception {
    List<Long> before = awaitWaiting(2);
    assertTrue(before.contains(pid(connection.runScript("$PID"))));
  }

  @Test
  void eachProcessServesOneCallAndIsReplaced() throws Exception {
    long first = pid(connection.runScript("$PID; $leftBehind=1"));
    List<Long> next = awaitWaiting(2);
    assertFalse(next.contains(first));
    Result second = connection.runScript("\"$PID$leftBehind\"");
    assertNotEquals(first, pid(second));
    assertTrue(next.contains(pid(second)));
  }

  @Test
  void processThatDiedWaitingIsPassedOver() throws Exception {
    for (long pid : awaitWaiting(2)) {
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      process.destroyForcibly();
      process.onExit().get();
    }
    assertEquals("ok", connection.runScript("'ok'").stdout().strip());
  }

  /** But for a variable whose name is a blank, which a script that mentions $input sees anyhow. */
  @Test
  void warmingUpLeavesNoTrace() throws Exception {
    String look =
        "$Error.Count; (Get-Variable|Where-Object Name -ne ' '|ForEach-Object Name) -join ',';"
            + " [Console]::In.ReadToEnd()";
    awaitWaiting(2);
    Result result = connection.runScript(look);
    try (Connection plain = Connections.open("local:?powershell=pwsh")) {
      assertEquals(plain.runScript(look).stdout(), result.stdout());
    }
    assertEquals("", result.stderr());
  }

  @Test
  void scriptThatAsksForTheCommandLineHasAProcessOfItsOwn() throws Exception {
    List<Long> before = awaitWaiting(2);
    Script inline = Script.of("$PID").withCarrier(Carrier.INLINE);
    assertFalse(before.contains(pid(connection.runScript(inline))));
    assertEquals(before, waiting());
  }

  @Test
  void scriptsThatNoFrameOfTheirsFitsRunAllTheSame() throws Exception {
    assertEquals("55357", connection.runScript("[int]'\uD83D'[0]").stdout().strip());
  }

  private static long pid(Result result) {
    return Long.parseLong(result.stdout().lines().findFirst().orElseThrow());
  }

  private static List<Long> waiting() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> isPowerShell(child.info().commandLine()))
        .map(ProcessHandle::pid)
        .sorted()
        .toList();
  }

  private static boolean isPowerShell(Optional<String> commandLine) {
    return commandLine.filter(line -> line.contains("-EncodedCommand")).isPresent();
  }

  /** The processes are started beside the calls: there is no event to wait for but their number. */
  private static List<Long> awaitWaiting(int number) {
    List<Long> found = waiting();
    while (found.size() != number) {
      Thread.onSpinWait();
      found = waiting();
    }
    return found;
  }
}
