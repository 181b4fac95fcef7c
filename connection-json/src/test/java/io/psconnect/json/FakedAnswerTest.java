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
import io.psconnect.json.closed.ClosedVm;
import io.psconnect.testkit.FakeRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a test of a client sees that answers for the host: plain JSON, and envelopes. */
class FakedAnswerTest {
  private static final String OPEN_IT =
      "; its module has to open its package to tools.jackson.databind";

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
    assertEquals(1, failure.line().orElseThrow());
    assertEquals(22, failure.column().orElseThrow());
    assertEquals(21, failure.offset().orElseThrow());
    assertTrue(failure.getMessage().contains(", at .memory; "), failure.getMessage());
    assertFalse(failure.error().isPresent());
  }

  @Test
  void aBadFieldOfAnElementIsFound() {
    String vms = "{\"name\":\"a\",\"memory\":1},".repeat(17) + "{\"memory\":\"x\"}";
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "[" + vms + "]", ""));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json.list("Get-VM", null, Vm.class));
    assertTrue(failure.getMessage().contains(", at [17].memory; "), failure.getMessage());
  }

  @Test
  void aRecordInAClosedPackageIsNotTheOutputsFault() {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "{\"name\":\"a\"}", ""));
    UnreadableOutputException failure =
        assertThrows(
            UnreadableOutputException.class, () -> json.call("Get-VM", null, ClosedVm.class));
    assertTrue(
        failure
            .getMessage()
            .startsWith("the type asked for cannot be made, whatever the script's output is: "),
        failure.getMessage());
    assertTrue(failure.getMessage().contains(ClosedVm.class.getName()), failure.getMessage());
    assertTrue(failure.getMessage().endsWith(OPEN_IT), failure.getMessage());
    assertEquals(OptionalInt.empty(), failure.line());
  }

  @Test
  void parametersThatCannotBeJsonAreRefusedByName() {
    Map<String, Object> self = new HashMap<>();
    self.put("self", self);
    assertRefused(self, "500");
    assertRefused(new Failing(), "the getter failed");
    assertRefused(Map.of("vm", new ClosedVm("a")), OPEN_IT);
    assertEquals(List.of(), fake.calls());
  }

  private void assertRefused(Object params, String reason) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> json.call("Get-VM", params, Vm.class));
    assertTrue(
        refusal.getMessage().startsWith("params cannot become JSON: ")
            && refusal.getMessage().contains(reason),
        refusal.getMessage());
  }

  static final class Failing {
    public String getName() {
      throw new IllegalStateException("the getter failed");
    }
  }

  @Test
  void aTextLongerThanJacksonReadsByItselfIsSent() throws Exception {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "1", ""));
    String text = "x".repeat(StreamReadConstraints.DEFAULT_MAX_STRING_LEN + 1);
    json.call("Get-VM", text, Integer.class);
    assertEquals(text.length() + 2, FakeRunner.inputOf(fake.scripts().get(0)).length());
  }

  @Test
  void whereAnyStreamMayHaveBeenCutTheAnswerIsRefused() {
    byte[] one = {'1'};
    fake.whenScriptContains("Get-VM")
        .thenReturn(Result.ofBytes(0, one, new byte[0], Duration.ZERO, true));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json.call("Get-VM", null, Vm.class));
    assertTrue(
        failure.getMessage().contains("standard output or error was cut at the output limit"),
        failure.getMessage());
  }

  @Test
  void aFailureSurvivesSerialization() throws Exception {
    ScriptError error =
        ScriptError.of("m").withTarget("t").withPosition(new ScriptPosition(3, 7, "Get-VM x"));
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(1, "out", "hot\n" + error.toEnvelope()));
    ScriptFailedException failure =
        assertThrows(ScriptFailedException.class, () -> json.call("Get-VM", null, Vm.class));
    ScriptFailedException copy = copied(failure);
    assertEquals(failure.getMessage(), copy.getMessage());
    assertEquals(1, copy.exitCode());
    assertEquals("out", copy.stdout());
    assertEquals("hot", copy.stderr());
    assertEquals(error.toEnvelope(), copy.error().orElseThrow().toEnvelope());
  }

  @Test
  void anUnreadableOutputSurvivesSerialization() throws Exception {
    fake.whenScriptContains("Get-VM").thenReturn(Result.of(0, "{\"memory\":\"x\"}", ""));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json.call("Get-VM", null, Vm.class));
    UnreadableOutputException copy = copied(failure);
    assertEquals(failure.offset(), copy.offset());
    assertEquals("{\"memory\":\"x\"}", copy.stdout());
  }

  @SuppressWarnings("unchecked")
  private static <T> T copied(T object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void aPositionCountsFromOne() {
    assertThrows(IllegalArgumentException.class, () -> new ScriptPosition(0, 1, ""));
    assertThrows(IllegalArgumentException.class, () -> new ScriptPosition(1, 0, ""));
    String forged = "{\"message\":\"m\",\"position\":{\"line\":-1,\"column\":1}}";
    assertEquals(
        Optional.empty(), ErrorEnvelope.find(ErrorEnvelope.MARK + forged).orElseThrow().position());
  }

  @Test
  void anUnexpectedScriptIsShownByItsOwnBeginning() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> json.call("Get-VM -Name x", null, Vm.class));
    assertTrue(error.getMessage().contains("'Get-VM -Name x'"), error.getMessage());
  }

  @Test
  void whatIsAroundTheScriptNamesNoCmdlet() {
    Pattern cmdlet = Pattern.compile("\\b[A-Z][a-z]+-[A-Z][a-z]+");
    List<String> named =
        cmdlet.matcher(Prelude.around("", true)).results().map(MatchResult::group).toList();
    assertEquals(List.of(), named);
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
