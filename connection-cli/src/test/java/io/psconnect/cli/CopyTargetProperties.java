package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.psconnect.ConnectionUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CopyTargetProperties {

  /** Anything that Unicode can write, but what a path cannot hold. */
  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .all()
            .excludeChars('\0')
            .ofMinLength(1)
            .ofMaxLength(20)
            .filter(name -> name.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    return Combinators.combine(Arbitraries.of("/tmp/", "C:/", "z:\\", "\\\\server\\share\\"), names)
        .as(String::concat);
  }

  @Provide
  Arbitrary<String> hosts() {
    return Arbitraries.of("build01", "build01.example.org", "10.0.0.1", "[2001:db8::1]");
  }

  private static String escaped(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String written(String path) {
    return path.replace("%", "%25").replace("?", "%3F");
  }

  private static String withSlash(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  @Property
  void anyPathCanBeWrittenWithEscapes(@ForAll("paths") String path) {
    assertEquals(path, CopyTarget.parse("local:" + escaped(path)).path());
  }

  @Property
  void onlyPercentAndQuestionMarkNeedAnEscape(@ForAll("paths") String path) {
    assertEquals(path, CopyTarget.parse("ssh://build01" + withSlash(written(path))).path());
    assertEquals(path, CopyTarget.parse("local:" + written(path)).path());
  }

  @Property
  void thePathChangesNothingOfTheHost(
      @ForAll("paths") String path,
      @ForAll("hosts") String host,
      @ForAll @IntRange(min = 1, max = 65535) int port) {
    CopyTarget target =
        CopyTarget.parse(
            "ssh://me@%s:%d%s?timeout=5s".formatted(host, port, withSlash(written(path))));
    ConnectionUri uri = target.host();
    assertEquals("ssh://me@" + host, uri.toString());
    assertEquals(OptionalInt.of(port), uri.port());
    assertEquals(Optional.of("5s"), uri.option("timeout"));
    assertEquals(path, target.path());
  }

  /** Whatever is typed: a target, or an error that says why; and no password in it. */
  @Property
  void nothingElseIsThrownAndNoPasswordRepeated(
      @ForAll("paths") String path, @ForAll("hosts") String host) {
    String secret = "hunter2";
    for (String form : new String[] {"ssh://me:%s@%s/%s", "ssh://me:%3$s%1$s@%2$s/x"}) {
      String message = outcome(form.formatted(secret, host, path));
      assertFalse(message.contains(secret), message);
    }
  }

  private static String outcome(String target) {
    try {
      CopyTarget.parse(target);
      return "";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
