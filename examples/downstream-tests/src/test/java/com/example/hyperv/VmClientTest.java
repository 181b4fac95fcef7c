package com.example.hyperv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.json.ScriptError;
import io.psconnect.json.ScriptFailedException;
import io.psconnect.json.ScriptPosition;
import io.psconnect.json.UnreadableOutputException;
import io.psconnect.testkit.FakeRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VmClientTest {
  private static final Origin ORIGIN = new Origin("winrm", "hv01", Phase.RUN);
  private static final String RUNNING =
      """
      {"Name":"build01","State":"Running","Memory":4294967296,"Uptime":"PT1H30M","Created":"2024-02-29T12:00:00.0000000Z"}
      """;
  private static final ScriptError NO_VM =
      ScriptError.of("Hyper-V was unable to find a virtual machine with name \"x\".")
          .withCategory("InvalidArgument")
          .withErrorId("InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVM")
          .withTarget("x");

  private final FakeRunner host = new FakeRunner();
  private final VmClient client = new VmClient(host);

  @Test
  void aVmIsWhatTheHostSays() throws Exception {
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, RUNNING, ""));

    Vm expected =
        new Vm(
            "build01",
            Vm.State.Running,
            1L << 32,
            Duration.ofMinutes(90),
            Instant.parse("2024-02-29T12:00:00Z"));
    assertEquals(expected, client.get("build01"));
  }

  @Test
  void theNameTravelsAsDataAndNotInTheScript() throws Exception {
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, RUNNING, ""));

    client.get("a'; Stop-Computer");

    assertEquals(
        "{\"name\":\"a'; Stop-Computer\"}", FakeRunner.inputOf(host.scripts().get(0)));
    assertTrue(!host.scripts().get(0).text().contains("Stop-Computer"));
  }

  /** Names of {@code Microsoft.HyperV.PowerShell.VMState}. */
  @ParameterizedTest
  @CsvSource({
    "Off, Off", "Starting, Starting", "Running, Running", "Pausing, Pausing", "Paused, Paused",
    "Resuming, Resuming", "Saving, Saving", "Saved, Saved", "Stopping, Stopping",
    "FastSaved, Other", "Reset, Other", "RunningCritical, Other", "Hibernated, Other"
  })
  void aStateIsReadWhateverItIs(String said, Vm.State state) throws Exception {
    String vm = RUNNING.replace("Running", said);
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, "[" + vm + "]", ""));

    assertEquals(List.of(state), client.all().stream().map(Vm::state).toList());
  }

  @Test
  void noVmsAreAnEmptyList() throws Exception {
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, "[]", ""));

    assertEquals(List.of(), client.all());
  }

  /** A terminating error comes as an envelope on standard error. */
  @Test
  void aVmThatIsNotThereIsAnErrorOfItsOwn() {
    host.whenScriptContains("Get-VM").thenReturn(Result.of(1, "", NO_VM.toEnvelope()));

    NoSuchVmException missing = assertThrows(NoSuchVmException.class, () -> client.get("x"));

    assertEquals("no VM 'x'", missing.getMessage());
  }

  @Test
  void aVmThatIsNotThereCannotBeStarted() {
    ScriptError error =
        NO_VM.withErrorId("InvalidParameter,Microsoft.HyperV.PowerShell.Commands.StartVM");
    host.whenScriptContains("Start-VM").thenReturn(Result.of(1, "", error.toEnvelope()));

    NoSuchVmException missing = assertThrows(NoSuchVmException.class, () -> client.start("x"));

    assertEquals("no VM 'x'", missing.getMessage());
    assertEquals(1, host.calls().size());
  }

  @Test
  void anyOtherErrorOfTheScriptKeepsWhatPowerShellSaid() {
    ScriptError error =
        ScriptError.of("You do not have the required permission.")
            .withCategory("PermissionDenied")
            .withErrorId("AccessDenied,Microsoft.HyperV.PowerShell.Commands.GetVM")
            .withPosition(new ScriptPosition(1, 1, "Get-VM"));
    host.whenScriptContains("Get-VM").thenReturn(Result.of(1, "", error.toEnvelope()));

    ScriptFailedException failure =
        assertThrows(ScriptFailedException.class, () -> client.get("x"));

    assertEquals("PermissionDenied", failure.error().orElseThrow().category());
    assertEquals(
        "PermissionDenied: You do not have the required permission. (line 1, column 1: Get-VM)",
        failure.getMessage());
  }

  @Test
  void outputThatIsNoAnswerSaysWhere() {
    String spoilt = RUNNING.replace("4294967296", "much");
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, "\n" + spoilt, ""));

    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> client.get("x"));

    assertEquals(2, failure.line().orElseThrow());
    int place = failure.offset().orElseThrow();
    assertTrue(failure.stdout().startsWith("much", place), failure::getMessage);
  }

  /** Whatever is known of the script, an error while reading is the caller's, who may ask again. */
  @ParameterizedTest
  @EnumSource(ScriptState.class)
  void aReadThatFailsSaysWhetherItRan(ScriptState state) {
    host.whenScriptContains("Get-VM")
        .thenFail(() -> new ConnectionException(ORIGIN, state, "broke", null));

    ConnectionException failure =
        assertThrows(ConnectionException.class, () -> client.get("build01"));

    assertEquals(state, failure.scriptState());
  }

  @Test
  void aStartThatNeverBeganIsNotLookedAfter() {
    AuthenticationException refused =
        new AuthenticationException(new Origin("winrm", "hv01", Phase.AUTHENTICATE), "no", null);
    host.whenScriptContains("Start-VM").thenFail(() -> refused);

    assertSame(refused, assertThrows(ConnectionException.class, () -> client.start("build01")));
    assertEquals(1, host.calls().size());
  }

  @Test
  void aDroppedSessionIsFollowedByALookAndNotByASecondStart() throws Exception {
    host.whenScriptContains("Start-VM").thenFail(VmClientTest::dropped);
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, RUNNING, ""));

    assertEquals(Vm.State.Running, client.start("build01").state());
    assertEquals(2, host.calls().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Off", "Saved", "Paused", "Stopping", "OffCritical"})
  void aDroppedSessionThatStartedNothingIsAFailure(String state) {
    host.whenScriptContains("Start-VM").thenFail(VmClientTest::dropped);
    String vm = RUNNING.replace("Running", state);
    host.whenScriptContains("Get-VM").thenReturn(Result.of(0, vm, ""));

    SessionDroppedException failure =
        assertThrows(SessionDroppedException.class, () -> client.start("build01"));

    assertEquals(ScriptState.MAY_HAVE_RUN, failure.scriptState());
  }

  @Test
  void aLookThatFailsTooDoesNotHideWhyItWasNeeded() {
    host.whenScriptContains("Start-VM").thenFail(VmClientTest::dropped);
    host.whenScriptContains("Get-VM").thenReturn(Result.of(1, "", NO_VM.toEnvelope()));

    SessionDroppedException failure =
        assertThrows(SessionDroppedException.class, () -> client.start("x"));

    assertEquals("no VM 'x'", failure.getSuppressed()[0].getMessage());
  }

  private static ConnectionException dropped() {
    return new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "the host is gone", null);
  }
}
