package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Script;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What is answered to the scripts that a rule is for. The calls get the answers in turn, in the
 * order in which they are given here; when none is left, the last one again. A rule without an
 * answer ends the call that it fits with an {@link AssertionError}.
 */
public final class ScriptRule {
  private final Rule<Script, ScriptAnswer> rule;
  private Duration delay = Duration.ZERO;

  ScriptRule(Rule<Script, ScriptAnswer> rule) {
    this.rule = rule;
  }

  /**
   * The next answer comes only after this time; the answers after it come at once again. The wait
   * ends early by interruption, and by the script's own timeout where that is shorter: then with a
   * {@link io.psconnect.ConnectionTimeoutException}, as on a real host.
   *
   * @param delay zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public ScriptRule after(Duration delay) {
    this.delay = Rule.requireDelay(delay);
    return this;
  }

  /**
   * Answers with this result.
   *
   * @param result for instance {@code Result.of(0, "build01\n", "")}
   * @return this
   */
  public ScriptRule thenReturn(Result result) {
    Objects.requireNonNull(result, "result");
    return thenAnswer(script -> result);
  }

  /**
   * Answers with this exception.
   *
   * @param exception thrown as it is, each time, so its stack trace is that of the test
   * @return this
   */
  public ScriptRule thenFail(ConnectionException exception) {
    Objects.requireNonNull(exception, "exception");
    return thenFail(() -> exception);
  }

  /**
   * Answers with a new exception each time.
   *
   * @param exception makes it
   * @return this
   */
  public ScriptRule thenFail(Supplier<? extends ConnectionException> exception) {
    Objects.requireNonNull(exception, "exception");
    return thenAnswer(
        script -> {
          throw exception.get();
        });
  }

  /**
   * Answers with what this works out.
   *
   * @param answer called for each call; it may block, and obeys interruption then
   * @return this
   */
  public ScriptRule thenAnswer(ScriptAnswer answer) {
    rule.add(delay, Objects.requireNonNull(answer, "answer"));
    delay = Duration.ZERO;
    return this;
  }
}
