package io.psconnect.testkit;

import io.psconnect.Result;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Assertions on a {@link Result}, of any test framework: a wrong result is an {@link
 * AssertionError} whose message shows the exit code and both outputs.
 *
 * <pre>{@code
 * assertThat(result).succeeded().hasStdoutLines("build01", "build02").stderrIsEmpty();
 * }</pre>
 */
public final class ResultAssert {
  private static final int SHOWN = 4_000;

  private final Result result;

  private ResultAssert(Result result) {
    this.result = result;
  }

  /**
   * Begins assertions.
   *
   * @param result to look at
   * @return assertions on it
   */
  public static ResultAssert assertThat(Result result) {
    return new ResultAssert(Objects.requireNonNull(result, "result"));
  }

  /**
   * The exit code is zero.
   *
   * @return this
   */
  public ResultAssert succeeded() {
    return require(result.succeeded(), "expected success, and the exit code is not 0");
  }

  /**
   * The exit code is not zero.
   *
   * @return this
   */
  public ResultAssert failed() {
    return require(!result.succeeded(), "expected failure, and the exit code is 0");
  }

  /**
   * The exit code is this.
   *
   * @param expected all 32 bits
   * @return this
   */
  public ResultAssert hasExitCode(int expected) {
    return require(result.exitCode() == expected, "expected exit code %d".formatted(expected));
  }

  /**
   * Standard output is this text, line ends included.
   *
   * @param expected the whole text
   * @return this
   */
  public ResultAssert hasStdout(String expected) {
    return requireText("stdout", result.stdout(), expected);
  }

  /**
   * Standard output has these lines, whatever ends them; the last one may have no end.
   *
   * @param expected all lines, none for no output
   * @return this
   */
  public ResultAssert hasStdoutLines(String... expected) {
    return requireLines("stdout", result.stdout(), List.of(expected));
  }

  /**
   * This stands in standard output.
   *
   * @param part compared as it is, line ends included
   * @return this
   */
  public ResultAssert stdoutContains(String part) {
    return requirePart("stdout", result.stdout(), part);
  }

  /**
   * This does not stand in standard output.
   *
   * @param part compared as it is, line ends included
   * @return this
   */
  public ResultAssert stdoutDoesNotContain(String part) {
    return requireNoPart("stdout", result.stdout(), part);
  }

  /**
   * There is no standard output.
   *
   * @return this
   */
  public ResultAssert stdoutIsEmpty() {
    return require(result.stdout().isEmpty(), "expected no stdout");
  }

  /**
   * The error text is this, line ends included.
   *
   * @param expected the whole text
   * @return this
   */
  public ResultAssert hasStderr(String expected) {
    return requireText("stderr", result.stderr(), expected);
  }

  /**
   * The error text has these lines, whatever ends them; the last one may have no end.
   *
   * @param expected all lines, none for no text
   * @return this
   */
  public ResultAssert hasStderrLines(String... expected) {
    return requireLines("stderr", result.stderr(), List.of(expected));
  }

  /**
   * This stands in the error text.
   *
   * @param part compared as it is, line ends included
   * @return this
   */
  public ResultAssert stderrContains(String part) {
    return requirePart("stderr", result.stderr(), part);
  }

  /**
   * This does not stand in the error text.
   *
   * @param part compared as it is, line ends included
   * @return this
   */
  public ResultAssert stderrDoesNotContain(String part) {
    return requireNoPart("stderr", result.stderr(), part);
  }

  /**
   * There is no error text.
   *
   * @return this
   */
  public ResultAssert stderrIsEmpty() {
    return require(result.stderr().isEmpty(), "expected no stderr");
  }

  /**
   * No output was let go.
   *
   * @return this
   */
  public ResultAssert isComplete() {
    return require(!result.truncated(), "expected all of the output");
  }

  /**
   * Output was let go for the script's limit.
   *
   * @return this
   */
  public ResultAssert isTruncated() {
    return require(result.truncated(), "expected output to be let go, and all of it is there");
  }

  private ResultAssert requireText(String stream, String actual, String expected) {
    Objects.requireNonNull(expected, "expected");
    return require(
        actual.equals(expected),
        "expected %s %s%s".formatted(stream, Quoted.all(expected), hint(actual, expected)));
  }

  private static String hint(String actual, String expected) {
    return actual.lines().toList().equals(expected.lines().toList())
        ? " (only the line ends differ)"
        : "";
  }

  private ResultAssert requireLines(String stream, String actual, List<String> expected) {
    List<String> lines = actual.lines().toList();
    return require(
        lines.equals(expected),
        "expected %s to have the lines %s; line %d differs"
            .formatted(
                stream,
                expected.stream().map(Quoted::all).toList(),
                firstDifference(lines, expected) + 1));
  }

  private static int firstDifference(List<String> actual, List<String> expected) {
    int common = Math.min(actual.size(), expected.size());
    return IntStream.range(0, common)
        .filter(i -> !actual.get(i).equals(expected.get(i)))
        .findFirst()
        .orElse(common);
  }

  private ResultAssert requirePart(String stream, String actual, String part) {
    Objects.requireNonNull(part, "part");
    return require(
        actual.contains(part), "expected %s to contain %s".formatted(stream, Quoted.all(part)));
  }

  private ResultAssert requireNoPart(String stream, String actual, String part) {
    Objects.requireNonNull(part, "part");
    return require(
        !actual.contains(part),
        "expected %s not to contain %s".formatted(stream, Quoted.all(part)));
  }

  private ResultAssert require(boolean holds, String expectation) {
    if (!holds) {
      throw new AssertionError(
          "%s\nexit code: %d\nstdout%s\nstderr%s"
              .formatted(
                  expectation, result.exitCode(), shown(result.stdout()), shown(result.stderr())));
    }
    return this;
  }

  private static String shown(String output) {
    return output.length() <= SHOWN
        ? ": " + Quoted.all(output)
        : ", the first %d of %d characters: ".formatted(SHOWN, output.length())
            + Quoted.all(output.substring(0, SHOWN));
  }
}
