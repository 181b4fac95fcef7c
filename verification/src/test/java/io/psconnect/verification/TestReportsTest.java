package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A skipped test proves nothing: a person is told of it with its reason, CI refuses it. Nor does
 * one that fails now and then.
 */
class TestReportsTest {
  private static final Path REPORTS =
      Reactor.root().resolve("verification/src/test/resources/reports");

  /** The reasons that are good enough on any machine, CI's included. */
  private static final List<Pattern> ALLOWED =
      List.of(
          // What a host cannot do, as the contract suite was told of it: no lack of the machine's.
          Pattern.compile("^[A-Z_]+ is missing: ."));

  @Test
  void reportsTellOfSkippedTests() {
    assertEquals(
        List.of(
            new Skipped("example.SomeTest.aborted", "pwsh is not on PATH; see \"README\""),
            new Skipped("example.SomeTest.assumed(String)[1]", "no <a> here"),
            new Skipped("example.SomeTest.disabled", "for a reason")),
        Skipped.in(REPORTS).toList());
  }

  @Test
  void ciHasEverythingThatTestsNeed() {
    List<Skipped> refused =
        Skipped.inBuild().filter(Predicate.not(TestReportsTest::isAllowed)).toList();
    refused.forEach(test -> System.out.println("[skipped] " + test));

    assertTrue(refused.isEmpty() || !"true".equals(System.getenv("CI")), refused::toString);
  }

  /** A class that no include of the build's finds would be lost without a word. */
  @Test
  void everyTestClassOfEveryModuleRan() {
    List<Path> lost = Reactor.modules().flatMap(TestReportsTest::testsWithoutReport).toList();

    assertTrue(lost.isEmpty() || !"true".equals(System.getenv("CI")), lost::toString);
  }

  @Test
  void reportsTellOfTestsThatPassedWhenTriedAgain() {
    assertEquals(
        List.of(
            new Flaky("example.WineSomeTest", "failing", "java.lang.AssertionError: once"),
            new Flaky("example.WineSomeTest", "broken", "java.io.IOException: no start")),
        Flaky.in(REPORTS).toList());
  }

  /** Wine fails to start about one process in a thousand; nothing else may. */
  @Test
  void whatPassedOnlyWhenTriedAgainIsWines() {
    List<Flaky> flaky = Flaky.inBuild().toList();
    flaky.forEach(test -> System.out.println("[tried again] " + test));

    assertEquals(List.of(), flaky.stream().filter(test -> !test.runsOnWine()).toList());
  }

  private static Stream<Path> testsWithoutReport(Path module) {
    Path sources = module.resolve("src/test/java");
    if (Files.notExists(sources)) {
      return Stream.of();
    }
    return Reactor.filesUnder(sources, ".java").stream()
        .filter(file -> file.toString().matches(".*(Test|Properties)\\.java"))
        .filter(file -> !file.endsWith("TestReportsTest.java"))
        .filter(file -> !isReported(module, sources.relativize(file)));
  }

  private static boolean isReported(Path module, Path source) {
    String name =
        source.toString().replace(".java", "").replace(source.getFileSystem().getSeparator(), ".");
    return Files.exists(module.resolve("target/surefire-reports/TEST-" + name + ".xml"));
  }

  private static boolean isAllowed(Skipped test) {
    return ALLOWED.stream().anyMatch(reason -> reason.matcher(test.reason()).find());
  }
}
