package io.psconnect.testkit.arbitraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InputArbitrariesProperties {

  @Provide
  Arbitrary<byte[]> lines() {
    return InputArbitraries.lines();
  }

  @Property
  void linesAreUtf8WithoutNul(@ForAll("lines") byte[] bytes) {
    String text = new String(bytes, UTF_8);

    assertArrayEquals(bytes, text.getBytes(UTF_8));
    assertFalse(text.contains("\0"));
  }

  @Example
  void thereIsInputOfEveryKind() {
    List<byte[]> inputs = InputArbitraries.inputs().sampleStream().limit(300).toList();

    assertTrue(inputs.stream().anyMatch(bytes -> bytes.length == 0), "none");
    assertTrue(inputs.stream().anyMatch(bytes -> bytes.length > 65_536), "large");
    assertTrue(inputs.stream().anyMatch(bytes -> !isUtf8(bytes)), "binary");
    assertTrue(inputs.stream().anyMatch(bytes -> bytes.length > 0 && isUtf8(bytes)), "text");
    assertTrue(inputs.stream().allMatch(bytes -> bytes.length <= 300_000));
  }

  private static boolean isUtf8(byte[] bytes) {
    return !new String(bytes, UTF_8).contains("\uFFFD");
  }
}
