package io.psconnect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConnectionUriProperties {
  private static final String SECRET = "hunter2";

  /** Between characters that mean something in a URI. */
  @Provide
  Arbitrary<String> passwords() {
    Arbitrary<String> around = Arbitraries.strings().withChars("1:/?#&=@%[]a").ofMaxLength(5);
    return Combinators.combine(around, around).as((before, after) -> before + SECRET + after);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(20)
        .filter(value -> value.chars().noneMatch(c -> Character.isSurrogate((char) c)));
  }

  @Property
  void noMessageRepeatsAPassword(@ForAll("passwords") String password) {
    for (String form :
        List.of("ssh://admin:%s@host", "ssh://me@corp:%s@host", "ssh:admin:%s@host", "//a:%s@h")) {
      assertSilent(form.formatted(password));
    }
    if (!password.startsWith("//")) { // With them it is the URI of a user.
      assertSilent("admin:%s@host".formatted(password));
    }
  }

  private static void assertSilent(String text) {
    String told = told(text);
    assertFalse(told.contains(SECRET), () -> text + ": " + told);
  }

  private static String told(String text) {
    try {
      ConnectionUri uri = ConnectionUri.parse(text);
      return uri
          + refusal(uri::port)
          + refusal(() -> uri.allowOptions("a"))
          + refusal(() -> uri.duration("a"))
          + refusal(() -> uri.integer("a"));
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static String refusal(Runnable use) {
    try {
      use.run();
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  @Property
  void anyValueCanBeWrittenWithEscapes(@ForAll("values") String value) {
    String escaped = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    assertEquals(Optional.of(value), ConnectionUri.parse("x:?k=" + escaped).option("k"));
  }
}
