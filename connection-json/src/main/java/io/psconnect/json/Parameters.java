package io.psconnect.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters as the JSON that the prelude reads: without blanks, and with every number in the form
 * that says what PowerShell shall hold it in. A whole number is a long or a BigInteger, one with a
 * point a decimal, one with an exponent a double; each exactly, or this refuses.
 */
final class Parameters {
  private static final int DECIMAL_BITS = 96;
  private static final int DECIMAL_SCALE = 28;
  private static final int MOST_DIGITS = 1000;

  /** Reads what was written just before, so that long texts are no attack. */
  private static final JsonMapper DIGITS =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final JsonMapper PLAIN =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private static final JsonMapper ASCII =
      PLAIN.rebuild().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Parameters() {}

  /**
   * By way of text, which Jackson writes to a depth only, where a tree of an object that holds
   * itself fills the stack; and in which a float is the digits that it shows. Half a surrogate pair
   * has no UTF-8 form, but one in JSON.
   */
  static String json(JsonMapper mapper, Object params) {
    try {
      JsonNode exact = exact(DIGITS.readTree(mapper.writeValueAsString(params)), "");
      String text = PLAIN.writeValueAsString(exact);
      return StandardCharsets.UTF_8.newEncoder().canEncode(text)
          ? text
          : ASCII.writeValueAsString(exact);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "params cannot become JSON: " + e.getOriginalMessage() + ClosedPackage.advice(e), e);
    }
  }

  private static JsonNode exact(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      return exactObject(object, path);
    }
    if (node instanceof ArrayNode array) {
      return exactArray(array, path);
    }
    if (node.isIntegralNumber()) {
      return requireShort(node, node.decimalValue(), path);
    }
    return node.isNumber() ? fraction(node.decimalValue(), path) : node;
  }

  private static JsonNode exactObject(ObjectNode object, String path) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : object.properties()) {
      copy.set(property.getKey(), exact(property.getValue(), path + "/" + property.getKey()));
    }
    return copy;
  }

  private static JsonNode exactArray(ArrayNode array, String path) {
    ArrayNode copy = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < array.size(); i++) {
      copy.add(exact(array.get(i), path + "/" + i));
    }
    return copy;
  }

  private static JsonNode fraction(BigDecimal number, String path) {
    requireShort(null, number, path);
    BigDecimal shortest = number.stripTrailingZeros();
    for (BigDecimal decimal : new BigDecimal[] {withPoint(number), withPoint(shortest)}) {
      if (decimal.scale() <= DECIMAL_SCALE && decimal.unscaledValue().bitLength() <= DECIMAL_BITS) {
        return JsonNodeFactory.instance.numberNode(decimal);
      }
    }
    return binary(number, shortest, path);
  }

  /** The point says that it is a decimal. */
  private static BigDecimal withPoint(BigDecimal number) {
    return number.scale() > 0 ? number : number.setScale(1);
  }

  private static JsonNode binary(BigDecimal number, BigDecimal shortest, String path) {
    double binary = number.doubleValue();
    if (Double.isFinite(binary) && new BigDecimal(Double.toString(binary)).compareTo(number) == 0) {
      return JsonNodeFactory.instance.numberNode(binary);
    }
    if (shortest.scale() <= 0) {
      return JsonNodeFactory.instance.numberNode(shortest.toBigIntegerExact());
    }
    throw refusal(number, path);
  }

  /** So short that writing it without an exponent costs little. */
  private static JsonNode requireShort(JsonNode node, BigDecimal number, String path) {
    if (Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS) {
      throw refusal(number, path);
    }
    return node;
  }

  private static IllegalArgumentException refusal(BigDecimal number, String path) {
    return new IllegalArgumentException(
        "the number at %s has %d digits and %d decimal places, more than PowerShell's numbers hold;"
                .formatted(path.isEmpty() ? "the top" : path, number.precision(), number.scale())
            + " send it as text");
  }
}
