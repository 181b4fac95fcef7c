package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import java.time.Duration;
import java.util.stream.Stream;

/** No call lasts for ever, and a call that is given up leaves nothing running. */
public interface TimeRules extends ContractRules {

  /**
   * A deadline that passes is an exception that says all there is to say.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-01",
      reason = "Hangs for ever: masterzen/winrm#12, rig#472 (40 minutes), overthere#118.")
  default void timeoutEndsTheCallAndSaysThatTheScriptMayHaveRun() throws Exception {
    ConnectionTimeoutException timeout = timeOut(Duration.ofMillis(600), "Start-Sleep 600");
    assertEquals(ScriptState.MAY_HAVE_RUN, timeout.scriptState());
    assertTrue(timeout.getMessage().contains("600 ms"), timeout.getMessage());
  }

  /**
   * What became of the process is said.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-02",
      reason = "After a timeout one has to know whether the work still goes on: winrm4j#67.")
  default void timeoutSaysWhatBecameOfTheProcess() throws Exception {
    ConnectionTimeoutException timeout = timeOut(Duration.ofMillis(600), "Start-Sleep 600");
    assertNotNull(timeout.termination(), "termination");
    assertNotEquals(Termination.NOT_NEEDED, timeout.termination());
    assertTrue(
        timeout.getMessage().contains(timeout.termination().description()), timeout.getMessage());
  }

  private ConnectionTimeoutException timeOut(Duration timeout, String text) {
    Script script = Script.of(text).withTimeout(timeout);
    BackgroundCall<Result> call = BackgroundCall.start(() -> host().run(script));
    return call.failure(ConnectionTimeoutException.class, host().patience().plus(timeout));
  }

  /**
   * After a timeout the script and its children are gone.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-03",
      reason =
          "A timeout that leaves the work running: pywinrm#274, WinRb#315, Win32-OpenSSH#1751.")
  default void timeoutEndsTheScriptAndWhatItStarted() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    HeldScript held = timedOut(timeout);
    while (!held.hasStarted() && timeout.compareTo(host().patience()) < 0) {
      timeout = timeout.multipliedBy(2);
      held = timedOut(timeout);
    }
    held.assertGone();
  }

  private HeldScript timedOut(Duration timeout) {
    HeldScript held = new HeldScript(host());
    Script script = held.script().withTimeout(timeout);
    assertThrows(
        ConnectionTimeoutException.class,
        () ->
            BackgroundCall.start(() -> host().run(script)).answer(host().patience().plus(timeout)));
    return held;
  }

  /**
   * A timeout is no trouble for the next call.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-04",
      reason = "A shell or a channel that a timeout leaves half closed fails everything after it.")
  default void connectionGoesOnAfterTimeout() throws Exception {
    timeOut(Duration.ofMillis(500), "Start-Sleep 600");
    assertEquals("well", host().said("'well'"));
  }

  /**
   * A timeout that is not reached has no effect.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-05",
      reason = "A limit is no appointment: a call ends when the script does.")
  default void timeoutThatIsNotReachedHasNoEffect() throws Exception {
    Script script = Script.of("exit 6").withTimeout(Duration.ofDays(1));
    BackgroundCall<Integer> call = BackgroundCall.start(() -> host().run(script).exitCode());
    assertEquals(6, call.answer(host().patience()));
  }

  /**
   * Interruption ends the call and what it had started.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-06",
      reason = "A task that is cancelled here must not go on there; nobody would know of it.")
  default void interruptionEndsTheScriptAndWhatItStarted() throws Exception {
    HeldScript held = new HeldScript(host());
    BackgroundCall<Result> call = BackgroundCall.start(() -> host().run(held.script()));
    held.started();
    call.interrupt();
    call.failure(InterruptedException.class, host().patience());
    held.assertGone();
  }

  /**
   * The exception of an interrupted call says what became of the process.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-07",
      reason = "An InterruptedException has no fields; its message is all one has.")
  default void interruptionSaysWhatBecameOfTheProcess() throws Exception {
    HeldScript held = new HeldScript(host());
    BackgroundCall<Result> call = BackgroundCall.start(() -> host().run(held.script()));
    held.started();
    call.interrupt();
    String message = "" + call.failure(InterruptedException.class, host().patience()).getMessage();
    assertTrue(
        Stream.of(Termination.CONFIRMED, Termination.UNCONFIRMED)
            .anyMatch(termination -> message.contains(termination.description())),
        message);
  }

  /**
   * A thread that is interrupted already starts nothing.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-08",
      reason = "Work that begins after it was cancelled is the hardest to explain.")
  default void interruptedThreadStartsNothing() throws Exception {
    String file = host().join(host().existingFolder(), "trace");
    String text = "[IO.File]::WriteAllText(%s, 'x')".formatted(ContractHost.literal(file));
    BackgroundCall<Result> call =
        BackgroundCall.start(
            () -> {
              Thread.currentThread().interrupt();
              return host().run(text);
            });
    call.failure(InterruptedException.class, host().patience());
    assertEquals("absent", host().sha256(file));
  }

  /**
   * A child that is left running does not hold the call.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "TIME-09",
      reason = "A detached child keeps the pipes open: Win32-OpenSSH#2452, ansible#25004.")
  default void callEndsWithTheScriptNotWithWhatItLeftRunning() throws Exception {
    host().need(Capability.DETACHED_CHILD);
    String script = HeldScript.startingChild("$child.Id; exit 9");
    BackgroundCall<Result> call = BackgroundCall.start(() -> host().run(script));
    Result result = call.answer(host().patience());
    String child = result.stdout().strip();
    try {
      assertEquals(9, result.exitCode(), "exit code");
    } finally {
      host().run("Stop-Process -Force -Id " + child);
    }
  }
}
