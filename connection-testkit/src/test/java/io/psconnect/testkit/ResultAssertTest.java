package io.psconnect.testkit;

import static io.psconnect.testkit.ResultAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResultAssertTest {
  private static final Result GOOD = Result.of(0, "a\r\nb\r\n", "");
  private static final Result BAD = Result.of(3, "", "it \"broke\"\n");

  private record Wrong(Result result, String message, Consumer<ResultAssert> assertion) {
    @Override
    public String toString() {
      return message;
    }
  }

  @Test
  void whatHoldsPassesAndCanBeStrungTogether() {
    assertThat(GOOD)
        .succeeded()
        .hasExitCode(0)
        .hasStdout("a\r\nb\r\n")
        .hasStdoutLines("a", "b")
        .stdoutContains("a\r")
        .stdoutDoesNotContain("c")
        .stderrIsEmpty()
        .isComplete();
    assertThat(BAD)
        .failed()
        .hasExitCode(3)
        .stdoutIsEmpty()
        .hasStdoutLines()
        .hasStderr("it \"broke\"\n")
        .hasStderrLines("it \"broke\"")
        .stderrContains("broke")
        .stderrDoesNotContain("fixed");
    assertThat(Result.ofBytes(0, new byte[0], new byte[0], Duration.ZERO, true)).isTruncated();
  }

  static List<Wrong> everyAssertionOnAResultThatItDoesNotFit() {
    return List.of(
        new Wrong(BAD, "expected success, and the exit code is not 0", ResultAssert::succeeded),
        new Wrong(GOOD, "expected failure, and the exit code is 0", ResultAssert::failed),
        new Wrong(BAD, "expected exit code 4", a -> a.hasExitCode(4)),
        new Wrong(BAD, "expected stdout \"x\"", a -> a.hasStdout("x")),
        new Wrong(
            GOOD,
            "expected stdout \"a\\nb\\n\" (only the line ends differ)",
            a -> a.hasStdout("a\nb\n")),
        new Wrong(
            GOOD,
            "expected stdout to have the lines [\"a\", \"c\"]; line 2 differs",
            a -> a.hasStdoutLines("a", "c")),
        new Wrong(
            GOOD,
            "expected stdout to have the lines [\"a\"]; line 2 differs",
            a -> a.hasStdoutLines("a")),
        new Wrong(BAD, "expected stdout to contain \"x\"", a -> a.stdoutContains("x")),
        new Wrong(GOOD, "expected stdout not to contain \"b\"", a -> a.stdoutDoesNotContain("b")),
        new Wrong(GOOD, "expected no stdout", ResultAssert::stdoutIsEmpty),
        new Wrong(BAD, "expected stderr \"x\"", a -> a.hasStderr("x")),
        new Wrong(
            BAD,
            "expected stderr to have the lines []; line 1 differs",
            ResultAssert::hasStderrLines),
        new Wrong(BAD, "expected stderr to contain \"x\"", a -> a.stderrContains("x")),
        new Wrong(BAD, "expected stderr not to contain \"it\"", a -> a.stderrDoesNotContain("it")),
        new Wrong(BAD, "expected no stderr", ResultAssert::stderrIsEmpty),
        new Wrong(
            GOOD,
            "expected output to be let go, and all of it is there",
            ResultAssert::isTruncated),
        new Wrong(
            Result.ofBytes(0, new byte[0], new byte[0], Duration.ZERO, true),
            "expected all of the output",
            ResultAssert::isComplete));
  }

  @ParameterizedTest
  @MethodSource("everyAssertionOnAResultThatItDoesNotFit")
  void whatDoesNotHoldFailsAndSaysWhatWasExpected(Wrong wrong) {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> wrong.assertion().accept(assertThat(wrong.result())));

    assertEquals(wrong.message(), error.getMessage().lines().findFirst().orElseThrow());
  }

  @Test
  void aFailureShowsTheExitCodeAndBothOutputs() {
    AssertionError error = assertThrows(AssertionError.class, () -> assertThat(BAD).hasExitCode(0));

    assertEquals(
        """
        expected exit code 0
        exit code: 3
        stdout: ""
        stderr: "it \\"broke\\"\\n\"""",
        error.getMessage());
  }

  @Test
  void aLongOutputIsShownByItsBeginning() {
    Result result = Result.of(1, "x".repeat(5_000), "");

    AssertionError error = assertThrows(AssertionError.class, () -> assertThat(result).succeeded());

    assertTrue(
        error
            .getMessage()
            .contains("stdout, the first 4000 of 5000 characters: \"" + "x".repeat(4_000) + "\"\n"),
        error.getMessage());
  }
}
