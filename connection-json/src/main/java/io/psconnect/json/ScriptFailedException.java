package io.psconnect.json;

import io.psconnect.Result;
import java.util.Objects;
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

  private final transient ScriptError error;
  private final transient Result result;

  ScriptFailedException(String message, ScriptError error, Result result, Throwable cause) {
    super(message, cause);
    this.error = error;
    this.result = Objects.requireNonNull(result, "result");
  }

  static ScriptFailedException of(Result result) {
    return ErrorEnvelope.find(result.stderr())
        .map(error -> new ScriptFailedException(describe(error), error, result, null))
        .orElseGet(() -> withoutError(result));
  }

  private static String describe(ScriptError error) {
    String place = error.position().map(p -> " (%s: %s)".formatted(p, p.text().strip())).orElse("");
    return "%s: %s%s".formatted(error.category(), error.message(), place);
  }

  private static ScriptFailedException withoutError(Result result) {
    String said = result.stderr().strip();
    return new ScriptFailedException(
        "the script ended with exit code %d%s"
            .formatted(result.exitCode(), said.isEmpty() ? "" : ": " + Excerpt.of(said)),
        null,
        result,
        null);
  }

  /**
   * The error that ended the script.
   *
   * @return empty if it ended otherwise: by {@code exit}, or with output that is no answer
   */
  public Optional<ScriptError> error() {
    return Optional.ofNullable(error);
  }

  /**
   * The script's exit code.
   *
   * @return 1 for an error; N for {@code exit N}
   */
  public int exitCode() {
    return result.exitCode();
  }

  /**
   * What the script wrote to standard error beside the error itself: warnings, and what it showed
   * by {@code Write-Host}.
   *
   * @return the text
   */
  public String stderr() {
    return ErrorEnvelope.without(result.stderr());
  }

  /**
   * What the script wrote to standard output.
   *
   * @return the text
   */
  public String stdout() {
    return result.stdout();
  }
}
