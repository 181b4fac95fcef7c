package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A skipped test proves nothing: a person is told of it with its reason, CI refuses it. */
class SkippedTestsTest {
  /** The reasons that are good enough on any machine, CI's included. */
  private static final List<Pattern> ALLOWED =
      List.of(
          // What a host cannot do, as the contract suite was told of it: no lack of the machine's.
          Pattern.compile("^[A-Z_]+ is missing: ."));

  @Test
  void reportsAreRead() {
    assertEquals(
        List.of(
            new SkippedTest("example.SomeTest.aborted", "pwsh is not on PATH; see \"README\""),
            new SkippedTest("example.SomeTest.assumed(String)[1]", "no <a> here"),
            new SkippedTest("example.SomeTest.disabled", "for a reason")),
        SkippedTest.in(Reactor.root().resolve("verification/src/test/resources/reports")).toList());
  }

  @Test
  void ciHasEverythingThatTestsNeed() {
    List<SkippedTest> refused =
        SkippedTest.inBuild().stream().filter(Predicate.not(SkippedTestsTest::isAllowed)).toList();
    refused.forEach(test -> System.out.println("[skipped] " + test));

    assertTrue(refused.isEmpty() || !"true".equals(System.getenv("CI")), refused::toString);
  }

  private static boolean isAllowed(SkippedTest test) {
    return ALLOWED.stream().anyMatch(reason -> reason.matcher(test.reason()).find());
  }
}
