package io.psconnect.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.contract.SkipWithoutProgram;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Any JSON value that PowerShell can hold comes back from it as it went in. */
@RequiresProgram("pwsh")
@AddLifecycleHook(SkipWithoutProgram.class)
class RoundTripProperties {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * A double is its value, which more than one text stands for; other numbers are all their digits.
   */
  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (sent, came) -> {
        if (!sent.isNumber() || !came.isNumber()) {
          return sent.equals(came) ? 0 : 1;
        }
        return sent.isDouble()
            ? Double.compare(sent.doubleValue() + 0.0, came.doubleValue() + 0.0)
            : sent.decimalValue().compareTo(came.decimalValue());
      };

  private static Connection connection;

  @BeforeContainer
  static void open() throws Exception {
    connection = Connections.open("local:?powershell=pwsh");
  }

  @AfterContainer
  static void close() {
    connection.close();
  }

  /** Many at a time, as a call costs more than a value. */
  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void anyValueSurvives(@ForAll("values") List<JsonNode> values) throws Exception {
    ArrayNode sent = JSON.arrayNode().addAll(values);
    JsonNode came = JsonRunner.over(connection).call(",$params", sent, JsonNode.class);
    assertEquals(sent.size(), came.size());
    for (int i = 0; i < sent.size(); i++) {
      JsonNode expected = sent.get(i);
      JsonNode actual = came.get(i);
      assertTrue(
          expected.equals(NUMBERS_BY_VALUE, actual),
          () -> "sent %s and got %s".formatted(expected, actual));
    }
  }

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void anyValuesGivenOneByOneAreTheList(@ForAll("values") List<JsonNode> values) throws Exception {
    List<JsonNode> flat = values.stream().filter(value -> !value.isArray()).toList();
    List<JsonNode> came = JsonRunner.over(connection).list("$params", flat, JsonNode.class);
    assertTrue(
        JSON.arrayNode().addAll(flat).equals(NUMBERS_BY_VALUE, JSON.arrayNode().addAll(came)),
        () -> "sent %s and got %s".formatted(flat, came));
  }

  @Provide
  Arbitrary<List<JsonNode>> values() {
    return value().list().ofSize(200);
  }

  private Arbitrary<JsonNode> value() {
    return Arbitraries.recursive(this::scalar, this::container, 0, 4);
  }

  private Arbitrary<JsonNode> container(Arbitrary<JsonNode> inner) {
    return Arbitraries.oneOf(arrays(inner), objects(inner), inner);
  }

  private Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> inner) {
    return inner.list().ofMaxSize(4).map(items -> JSON.arrayNode().addAll(items));
  }

  private Arbitrary<JsonNode> objects(Arbitrary<JsonNode> inner) {
    return Arbitraries.maps(name(), inner).ofMaxSize(5).map(RoundTripProperties::object);
  }

  private static JsonNode object(Map<String, JsonNode> properties) {
    ObjectNode object = JSON.objectNode();
    properties.forEach(object::set);
    return object;
  }

  /**
   * Names that PowerShell has a meaning for, and such that differ in case alone. Jackson reads no
   * name with half a surrogate pair, though it reads such text.
   */
  private Arbitrary<String> name() {
    return Arbitraries.oneOf(
        text().filter(StandardCharsets.UTF_8.newEncoder()::canEncode),
        Arbitraries.strings().withChars("aAbBïÏ").ofMaxLength(2),
        Arbitraries.of(
            "Count",
            "Length",
            "Keys",
            "Values",
            "Item",
            "psobject",
            "psbase",
            "PSTypeNames",
            "GetEnumerator",
            "ToString",
            "$ref",
            "@odata",
            "1",
            "a.b",
            "__type"));
  }

  private Arbitrary<JsonNode> scalar() {
    return Arbitraries.oneOf(
        Arbitraries.just(JSON.nullNode()),
        Arbitraries.of(true, false).map(JSON::booleanNode),
        text().map(JSON::stringNode),
        Arbitraries.longs().map(JSON::numberNode),
        Arbitraries.bigIntegers()
            .between(BigInteger.TEN.pow(60).negate(), BigInteger.TEN.pow(60))
            .map(JSON::numberNode),
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
            .ofScale(15)
            .map(JSON::numberNode),
        Arbitraries.longs()
            .map(Double::longBitsToDouble)
            .filter(Double::isFinite)
            .map(JSON::numberNode));
  }

  /** Half surrogate pairs included. */
  private Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(12),
        Arbitraries.strings().withChars("\"\\/\b\f\n\r\t\0\u001F$'`{}[],:#\u2018").ofMaxLength(8),
        Arbitraries.of(
            "2024-02-29T12:00:00Z",
            "/Date(0)/",
            "1",
            "1e5",
            "true",
            "null",
            "日本",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00\uD83D",
            "\\u0041",
            "\uFEFF",
            "\u2028"));
  }
}
