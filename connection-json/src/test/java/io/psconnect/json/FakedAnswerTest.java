package io.psconnect.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.testkit.FakeRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a test of a client sees that answers for the host: plain JSON, and envelopes. */
class FakedAnswerTest {
  private final FakeRunner fake = new FakeRunner();
  private final JsonRunner json = JsonRunner.over(fake);

  record Vm(String name, int memory) {}

  @Test
  void aPlainDocumentIsTheAnswer() throws Exception {
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.of(0, "{\"Name\":\"a\",\"memory\":2}\r\n", ""));
    assertEquals(new Vm("a", 2), json.call("Get-VM", null, Vm.class));
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.of(0, "[{\"name\":\"a\",\"memory\":2}]", ""));
    assertEquals(List.of(new Vm("a", 2)), json.list("Get-VM", null, Vm.class));
  }

  @Test
  void theParametersAreTheScriptsInput() throws Exception {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "1", ""));
    json.call("Get-VM", Map.of("name", "wörld"), Integer.class);
    assertEquals("{\"name\":\"wörld\"}", FakeRunner.inputOf(fake.scripts().get(0)));
  }

  @Test
  void theMannerOfTheCallIsTheScripts() throws Exception {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "1", ""));
    Script script =
        Script.of("Get-VM")
            .withTimeout(Duration.ofSeconds(9))
            .withCarrier(Carrier.FRAMED)
            .withOutputLimit(77);
    json.call(script, null, Integer.class);
    Script ran = fake.scripts().get(0);
    assertEquals(Optional.of(Duration.ofSeconds(9)), ran.timeout());
    assertEquals(Carrier.FRAMED, ran.carrier());
    assertEquals(77, ran.outputLimit());
    assertSame(script.listener(), ran.listener());
  }

  @Test
  void anEnvelopeIsTheErrorThatItWasMadeOf() {
    ScriptError error =
        ScriptError.of("no VM 'x'\nnowhere")
            .withCategory("ObjectNotFound")
            .withErrorId("NoVm,Get-VM")
            .withExceptionType("VmException")
            .withTarget("x")
            .withPosition(new ScriptPosition(3, 7, "Get-VM x"));
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.of(1, "", "WARNING: hot\n" + error.toEnvelope() + "after\n"));
    ScriptFailedException failure =
        assertThrows(ScriptFailedException.class, () -> json.call("Get-VM", null, Vm.class));
    ScriptError came = failure.error().orElseThrow();
    assertEquals(error.toEnvelope(), came.toEnvelope());
    assertEquals(error.position(), came.position());
    assertEquals("WARNING: hot\nafter", failure.stderr());
    assertEquals(1, failure.exitCode());
  }

  @Test
  void anEnvelopeThatWasCutLeavesTheExitCode() {
    String envelope = ScriptError.of("x").toEnvelope();
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.of(1, "", envelope.substring(0, envelope.length() - 5)));
    ScriptFailedException failure =
        assertThrows(ScriptFailedException.class, () -> json.call("Get-VM", null, Vm.class));
    assertEquals(Optional.empty(), failure.error());
    assertTrue(failure.getMessage().contains("exit code 1"));
  }

  @Test
  void aConnectionsFailureStaysWhatItIs() {
    SessionDroppedException dropped =
        new SessionDroppedException(
            new Origin("fake", "host", Phase.RUN), ScriptState.MAY_HAVE_RUN, "gone", null);
    fake.whenScriptContains("Get-VM").thenFail(() -> dropped);
    assertSame(
        dropped,
        assertThrows(SessionDroppedException.class, () -> json.call("Get-VM", null, Vm.class)));
  }

  @Test
  void jsonThatBreaksOffSaysWhere() {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "{\"name\":\n  \"a\", \"mem", ""));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json.call("Get-VM", null, Vm.class));
    assertEquals(2, failure.line().orElseThrow());
    assertEquals(20, failure.offset().orElseThrow());
    assertTrue(failure.getMessage().contains("\"mem⟨here⟩"), failure.getMessage());
  }

  @Test
  void jsonOfAnotherShapeSaysWhere() {
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.of(0, "{\"name\":\"a\",\"memory\":\"x\"}", ""));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json.call("Get-VM", null, Vm.class));
    assertTrue(failure.getMessage().contains("memory"), failure.getMessage());
    assertFalse(failure.error().isPresent());
  }

  @Test
  void anOwnMapperBindsBothWays() throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "{\"NAME\":1}", ""));
    assertEquals(
        mapper.readTree("{\"NAME\":1}"),
        JsonRunner.over(fake, mapper).call("Get-VM", null, JsonNode.class));
  }

  @Test
  void whatIsSensitiveIsNotInTheTexts() {
    assertEquals("JsonRunner[FakeRunner[0 calls]]", json.toString());
    assertFalse(ScriptError.of("sentinel").withErrorId("x").toString().contains("sentinel"));
  }
}
