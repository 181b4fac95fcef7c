package io.psconnect.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.OutputListener;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Objects in and out of a real PowerShell, and the traps on the way, each by its name. */
@RequiresProgram("pwsh")
class JsonRunnerTest {
  @RegisterExtension static final PwshJson PWSH = new PwshJson("pwsh");

  /** A zone with half an hour, which no machine that runs the tests is in. */
  private static final String IN_KOLKATA =
      "$env:TZ='Asia/Kolkata';[TimeZoneInfo]::ClearCachedData();";

  record Greeting(String text, int length) {}

  private static JsonRunner json() {
    return PWSH.runner();
  }

  /** What JSON the script gives, as it is. */
  private static String document(String script, Object params) throws Exception {
    return json().call(script, params, JsonNode.class).toString();
  }

  @Test
  void anObjectGoesInAndARecordComesOut() throws Exception {
    Greeting greeting =
        json()
            .call(
                "[pscustomobject]@{Text=\"hello $($params.name)\";Length=$params.name.Length}",
                Map.of("name", "wörld 日本 \uD83D\uDE00"),
                Greeting.class);
    assertEquals(new Greeting("hello wörld 日本 \uD83D\uDE00", 11), greeting);
  }

  @Test
  void allThatAScriptGivesIsAListBeItNoneOneOrMany() throws Exception {
    assertEquals(List.of(), json().list("@()", null, Integer.class));
    assertEquals(List.of(1), json().list("1", null, Integer.class));
    assertEquals(List.of(1, 2, 3), json().list("1..3", null, Integer.class));
    assertEquals(
        List.of(7), json().call(Script.of("7"), null, new TypeReference<List<Integer>>() {}));
  }

  @Test
  void moreObjectsThanTheOneExpectedAreAnError() {
    ScriptFailedException failure =
        assertThrows(ScriptFailedException.class, () -> json().call("1..3", null, Integer.class));
    assertTrue(failure.getMessage().contains("gave 3 objects where one was expected"));
    assertTrue(failure.error().orElseThrow().position().isEmpty(), "it is no place of the script");
  }

  @Test
  void nothingAndNullAreNull() throws Exception {
    assertNull(json().call("@()", null, String.class));
    assertNull(json().call("$null", null, String.class));
    assertEquals(Arrays.asList(1, null), json().list("1,$null", null, Integer.class));
    assertEquals(true, json().call("$null -eq $params", null, Boolean.class));
  }

  @Test
  void arraysOfOneAndOfNoneStayArraysInsideAnObject() throws Exception {
    Map<String, Object> params = Map.of("none", List.of(), "one", List.of(1));
    assertEquals("[0,1]", document(",@($params.none.Count,$params.one.Count)", params));
    assertEquals(
        "{\"a\":[],\"b\":[1],\"c\":[[1]]}", document("[ordered]@{a=@();b=@(1);c=,@(,1)}", null));
    assertEquals("[]", document(",$params.none", params));
  }

  @Test
  void textThatLooksLikeADateStaysText() throws Exception {
    for (String date : List.of("2024-02-29T12:00:00Z", "2024-02-29", "/Date(1330473600000)/")) {
      Map<String, String> params = Map.of("date", date);
      assertEquals("String", json().call("$params.date.GetType().Name", params, String.class));
      assertEquals(date, json().call("$params.date", params, String.class));
    }
  }

  @Test
  void datesComeOutWithAllTheirDigitsAndTheirZone() throws Exception {
    String utc = "[datetime]::new(638000000001234567,[DateTimeKind]::Utc)";
    assertEquals(
        Instant.parse("2022-09-28T22:13:20.1234567Z"), json().call(utc, null, Instant.class));
    String zoned = "[DateTimeOffset]::new(2024,2,29,12,0,0,[timespan]::FromHours(5.5))";
    assertEquals("\"2024-02-29T12:00:00.0000000+05:30\"", document(zoned, null));
    assertEquals(
        Instant.parse("2024-02-29T06:30:00Z"),
        json().call(zoned, null, OffsetDateTime.class).toInstant());
    assertEquals(
        Duration.parse("P1DT2H0.5S"),
        json().call("[timespan]::new(1,2,0,0,500)", null, Duration.class));
  }

  @Test
  void aDateOfNoZoneIsLocalAndNoZoneIsMadeUpForIt() throws Exception {
    String noon = IN_KOLKATA + "[datetime]::new(2024,2,29,12,0,0)";
    assertEquals("\"2024-02-29T12:00:00.0000000\"", document(noon, null));
    assertEquals(
        LocalDateTime.of(2024, 2, 29, 12, 0), json().call(noon, null, LocalDateTime.class));
    UnreadableOutputException failure =
        assertThrows(UnreadableOutputException.class, () -> json().call(noon, null, Instant.class));
    assertTrue(failure.getMessage().contains("2024-02-29T12:00:00.0000000"));
    assertEquals(
        Instant.parse("2024-02-29T06:30:00Z"),
        json().call("(&{" + noon + "}).ToUniversalTime()", null, Instant.class));
  }

  @Test
  void aDateInTheHostsTimeHasTheHostsOffset() throws Exception {
    String noon = IN_KOLKATA + "[datetime]::SpecifyKind([datetime]::new(2024,2,29,12,0,0),'Local')";
    assertEquals("\"2024-02-29T12:00:00.0000000+05:30\"", document(noon, null));
    assertEquals(Instant.parse("2024-02-29T06:30:00Z"), json().call(noon, null, Instant.class));
  }

  @Test
  void datesOfJavaArriveAsTextThatPowerShellReads() throws Exception {
    Instant instant = Instant.parse("2024-02-29T12:00:00.123456700Z");
    OffsetDateTime offset = OffsetDateTime.parse("2024-02-29T12:00:00+05:30");
    Map<String, Object> params =
        Map.of("instant", instant, "offset", offset, "date", LocalDate.of(2024, 2, 29));
    assertEquals(
        List.of("2024-02-29T12:00:00.123456700Z", "2024-02-29T12:00:00+05:30", "2024-02-29"),
        json().list("$params.instant,$params.offset,$params.date", params, String.class));
    assertEquals(
        List.of(instant, offset.toInstant()),
        json()
            .list(
                IN_KOLKATA + "[DateTimeOffset]$params.instant;[DateTimeOffset]$params.offset",
                params,
                Instant.class));
  }

  @Test
  void numbersKeepAllTheirDigits() throws Exception {
    BigInteger big = BigInteger.TWO.pow(200).add(BigInteger.ONE);
    assertEquals(big, json().call("$params", big, BigInteger.class));
    assertEquals(big.add(BigInteger.ONE), json().call("$params+1", big, BigInteger.class));
    assertEquals(Long.MIN_VALUE, json().call("$params", Long.MIN_VALUE, Long.class));
    BigDecimal money = new BigDecimal("1234567890123456789012345.670");
    assertEquals(money, json().call("$params", money, BigDecimal.class));
    assertEquals(0.1, json().call("$params", 0.1, Double.class));
    assertEquals(Double.MIN_VALUE, json().call("$params", Double.MIN_VALUE, Double.class));
    assertEquals(Double.MAX_VALUE, json().call("$params", Double.MAX_VALUE, Double.class));
    assertEquals(Double.NaN, json().call("[double]::NaN", null, Double.class));
  }

  @Test
  void numbersOfEveryTypeAreNumbers() throws Exception {
    assertEquals(
        "[65504,0.0999755859375,\"NaN\",-170141183460469231731687303715884105728,"
            + "340282366920938463463374607431768211455,-7,18446744073709551615,[1]]",
        document(
            ",@([half]::MaxValue,[half]0.1,[half]::NaN,[Int128]::MinValue,[UInt128]::MaxValue,"
                + "[IntPtr]-7,[UIntPtr]::MaxValue,@([IntPtr]1))",
            null));
  }

  @Test
  void aFloatIsTheDigitsThatItShows() throws Exception {
    Map<String, Object> params = Map.of("one", 0.1f, "many", new float[] {16777216f, 1e30f, 0.3f});
    assertEquals(
        List.of("0.1", "16777216.0", "1E+30", "0.3"),
        json()
            .list(
                "@($params.one)+$params.many|%{$_.ToString([cultureinfo]::InvariantCulture)}",
                params, String.class));
    assertEquals(Float.NaN, json().call("$params", Float.NaN, Float.class));
  }

  @Test
  void aNumberTellsPowerShellWhatItIs() throws Exception {
    List<Object> params = List.of(1, Long.MAX_VALUE, BigInteger.TWO.pow(64), 1.5, 1e300);
    assertEquals(
        List.of("Int64", "Int64", "BigInteger", "Decimal", "Double"),
        json().list("$params|%{$_.GetType().Name}", params, String.class));
  }

  @Test
  void aNumberThatPowerShellCannotHoldIsRefusedBeforeAnythingRuns() {
    Map<String, Object> params = Map.of("pi", List.of(1, new BigDecimal("3." + "1".repeat(40))));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> json().call("$params", params, String.class));
    assertTrue(refusal.getMessage().contains("the number at /pi/1 has 41 digits"));
  }

  @Test
  void namesThatDifferInCaseAloneBothArrive() throws Exception {
    String node = "{\"a\":1,\"A\":2,\"\":3,\"psobject\":4}";
    assertEquals(node, document("$params", JsonMapper.shared().readTree(node)));
    assertEquals(
        3,
        json()
            .call("$params['a']+$params['A']", JsonMapper.shared().readTree(node), Integer.class));
  }

  @Test
  void namesOfMembersAreNamesLikeOthers() throws Exception {
    String node =
        "{\"Count\":1,\"Length\":[],\"Keys\":null,\"ToString\":\"x\",\"GetEnumerator\":{}}";
    assertEquals(node, document("$params", JsonMapper.shared().readTree(node)));
    assertEquals("{\"Keys\":1,\"Count\":2}", document("[ordered]@{Keys=1;Count=2}", null));
  }

  @Test
  void whatIsDeepComesWholeAndWhatIsTooDeepIsAnError() throws Exception {
    JsonNode deepest = nested(500);
    assertEquals(deepest, json().call(",$params", deepest, JsonNode.class));
    assertDeeper(() -> json().call("@{a=$params}", deepest, JsonNode.class));
    assertDeeper(() -> json().call("$a=@{};$a.self=$a;$a", null, JsonNode.class));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> json().call("1", nested(501), Integer.class));
    assertTrue(refusal.getMessage().startsWith("params cannot become JSON: "));
    assertTrue(refusal.getMessage().contains("501"), refusal.getMessage());
  }

  private static JsonNode nested(int levels) {
    ArrayNode node = JsonNodeFactory.instance.arrayNode();
    for (int i = 1; i < levels; i++) {
      node = JsonNodeFactory.instance.arrayNode().add(node);
    }
    return node;
  }

  private static void assertDeeper(Executable call) {
    ScriptFailedException failure = assertThrows(ScriptFailedException.class, call);
    assertTrue(failure.getMessage().contains("deeper than 500 levels"), failure.getMessage());
  }

  @Test
  void textWithPropertiesOfItsOwnStaysText() throws Exception {
    assertEquals(
        "\"x\"",
        document(
            "$t=[psobject]'x';$t.PSObject.Properties.Add([psnoteproperty]::new('PSPath','y'));$t",
            null));
  }

  @Test
  void otherKindsOfValuesHaveTheirText() throws Exception {
    assertEquals(
        "[\"Monday\",\"AAEC\",\"x\",true,\"1.2.3\",\"00000000-0000-0000-0000-000000000000\","
            + "\"<a />\",\"2024-02-29\",\"12:01:00.0000000\",\"7.4.0-rc.1\"]",
        document(
            ",@([DayOfWeek]::Monday,[byte[]](0,1,2),[char]'x',[switch]$true,[version]'1.2.3',"
                + "[guid]::Empty,([xml]'<a/>').DocumentElement,[DateOnly]::new(2024,2,29),"
                + "[TimeOnly]::new(12,1),[semver]'7.4.0-rc.1')",
            null));
    byte[] bytes = {0, 1, 2};
    assertEquals(
        Base64.getEncoder().encodeToString(bytes), json().call("$params", bytes, String.class));
  }

  @Test
  void objectsOfDotNetComeByTheirProperties() throws Exception {
    assertEquals(
        "[\"http\",80]", document("$b=[uribuilder]'http://a/';,@($b.Scheme,$b.Port)", null));
    assertTrue(document("[uribuilder]'http://a/'", null).contains("\"Host\":\"a\",\"Port\":80"));
  }

  @Test
  void halfASurrogatePairAndControlCharactersSurvive() throws Exception {
    String text = "\uD83D \uDE00\uD83D \0\u0001\b\t\n\f\r\u001F\"\\/\u007F\u2028\uFEFF\uFFFF";
    assertEquals(text, json().call("$params", text, String.class));
    assertEquals(text.length(), (int) json().call("$params.Length", text, Integer.class));
    assertEquals(
        List.of(List.of(text)),
        json().call(Script.of(",$params"), List.of(List.of(text)), List.class).get(0));
  }

  @Test
  void aBigInputAndABigOutputSurvive() throws Exception {
    String text = "0123456789 wörld\n".repeat(200_000);
    assertEquals(text, json().call("$params.text", Map.of("text", text), String.class));
    List<Integer> numbers = IntStream.range(0, 50_000).boxed().toList();
    assertEquals(numbers, json().list("$params", numbers, Integer.class));
  }

  @Test
  void whatWriteHostShowsIsNoPartOfTheAnswer() throws Exception {
    StringBuffer shown = new StringBuffer();
    Script script =
        Script.of("Write-Host 'working'; Write-Warning 'hot'; 1")
            .withListener(
                new OutputListener() {
                  @Override
                  public void onStderr(ByteBuffer bytes) {
                    shown.append(StandardCharsets.UTF_8.decode(bytes));
                  }
                });
    assertEquals(1, json().call(script, null, Integer.class));
    assertEquals(
        List.of("working", "WARNING: hot"),
        shown.toString().lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  @Test
  void namesOfThePreludeAreNotInTheScriptsWay() throws Exception {
    assertEquals(
        List.of(true, true, true, true, true),
        json().list("$output,$value,$stack,$json,$block|%{$null -eq $_}", null, Boolean.class));
    assertEquals(5, json().call("$output=2;$value=3;$output+$value", null, Integer.class));
  }

  @Test
  void aScriptMayReturnAndBreak() throws Exception {
    assertEquals(1, json().call("1; return; 2", null, Integer.class));
    assertEquals(1, json().call("1; break; 2", null, Integer.class));
  }

  @Test
  void aScriptWithItsOwnInputIsRefused() {
    Script script = Script.of("1").withInput("x");
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> json().call(script, null, Integer.class));
    assertTrue(refusal.getMessage().contains("send the data as a parameter"));
  }

  @Test
  void quotesOfEveryKindInAScriptAreItsOwn() throws Exception {
    assertEquals("it's \u2018a\u2019", json().call("\"it's \u2018a\u2019\"", null, String.class));
    assertEquals(Collections.singletonList("'"), json().list("'''' # $input", null, String.class));
  }
}
