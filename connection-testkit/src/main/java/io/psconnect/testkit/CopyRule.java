package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What becomes of the file copies that a rule is for. The copies get the answers in turn; when none
 * is left, the last one again.
 */
public final class CopyRule {
  private final Rule<FileCopy, CopyAnswer> rule;
  private Duration delay = Duration.ZERO;

  CopyRule(Rule<FileCopy, CopyAnswer> rule) {
    this.rule = rule;
  }

  /**
   * The next answer comes only after this time, and before any progress is reported. The wait ends
   * early by interruption, and by the copy's own timeout where that is shorter.
   *
   * @param delay zero or more
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public CopyRule after(Duration delay) {
    this.delay = Rule.requireDelay(delay);
    return this;
  }

  /**
   * The copy succeeds.
   *
   * @return this
   */
  public CopyRule thenSucceed() {
    return then(() -> {});
  }

  /**
   * The copy fails with this exception, before any progress is reported.
   *
   * @param exception thrown as it is, each time
   * @return this
   */
  public CopyRule thenFail(ConnectionException exception) {
    Objects.requireNonNull(exception, "exception");
    return thenFail(() -> exception);
  }

  /**
   * The copy fails with a new exception each time, before any progress is reported.
   *
   * @param exception makes it
   * @return this
   */
  public CopyRule thenFail(Supplier<? extends ConnectionException> exception) {
    Objects.requireNonNull(exception, "exception");
    return then(
        () -> {
          throw exception.get();
        });
  }

  private CopyRule then(CopyAnswer answer) {
    rule.add(delay, answer);
    delay = Duration.ZERO;
    return this;
  }
}
