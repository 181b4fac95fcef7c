package io.psconnect.json;

import io.psconnect.Result;
import java.util.Optional;

/**
 * A script ran to its end on the host, and gave no answer: a terminating error, an exit code other
 * than zero, or output that is no answer ({@link UnreadableOutputException}).
 *
 * <p>Checked, since a script's failure is an outcome that callers have to reckon with; and no
 * {@link io.psconnect.ConnectionException}, since the connection did its work: what the script did
 * before it failed, it did.
 */
public class ScriptFailedException extends Exception {
  private static final long serialVersionUID = 1;

  /** The error that ended the script, or null. */
  private final ScriptError error;

  /** The script's exit code. */
  private final int exitCode;

  /** The whole of standard output. */
  private final String stdout;

  /** The whole of standard error, the error's line included. */
  private final String stderr;

  ScriptFailedException(String message, ScriptError error, Result result, Throwable cause) {
    super(message, cause);
    this.error = error;
    exitCode = result.exitCode();
    stdout = result.stdout();
    stderr = result.stderr();
  }

  static ScriptFailedException of(Result result, Cut cut) {
    return ErrorEnvelope.find(result.stderr())
        .map(error -> new ScriptFailedException(describe(error), error, result, null))
        .orElseGet(() -> withoutError(result, cut));
  }

  private static String describe(ScriptError error) {
    String place = error.position().map(p -> " (%s: %s)".formatted(p, p.text().strip())).orElse("");
    return "%s: %s%s".formatted(error.category(), error.message(), place);
  }

  /** The error stands at the end of standard error, which is what a limit cuts away. */
  private static ScriptFailedException withoutError(Result result, Cut cut) {
    String said = result.stderr().strip();
    String message =
        "the script ended with exit code %d%s%s"
            .formatted(
                result.exitCode(),
                cut.hitStderr() ? ", and its error may be lost: " + cut.description() : "",
                said.isEmpty() ? "" : ": " + Excerpt.of(said));
    return new ScriptFailedException(message, null, result, null);
  }

  /**
   * The error that ended the script.
   *
   * @return empty if it ended otherwise: by {@code exit}, with a native program that failed, or
   *     with output that is no answer
   */
  public Optional<ScriptError> error() {
    return Optional.ofNullable(error);
  }

  /**
   * The script's exit code.
   *
   * @return 1 for an error; N for {@code exit N}; the program's own, if a native program failed
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * What the script wrote to standard error beside the error itself: warnings, and what it showed
   * by {@code Write-Host}.
   *
   * @return the text
   */
  public String stderr() {
    return ErrorEnvelope.without(stderr);
  }

  /**
   * What the script wrote to standard output.
   *
   * @return the text; if a native program failed, what the script gave until then, as a JSON array
   */
  public String stdout() {
    return stdout;
  }
}
