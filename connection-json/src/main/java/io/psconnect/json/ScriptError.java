package io.psconnect.json;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * A script's terminating error, as PowerShell's {@code ErrorRecord} has it.
 *
 * <p>A test that stands in for the host makes one by {@link #of(String)} and puts its {@linkplain
 * #toEnvelope() envelope} on standard error:
 *
 * <pre>{@code
 * ScriptError error = ScriptError.of("no such VM").withCategory("ObjectNotFound");
 * fake.whenScriptContains("Get-VM").thenReturn(Result.of(1, "", error.toEnvelope()));
 * }</pre>
 */
public final class ScriptError implements Serializable {
  private static final long serialVersionUID = 1;

  /** What went wrong. */
  private final String message;

  /** The kind of error. */
  private final String category;

  /** The fully qualified error id. */
  private final String errorId;

  /** The full name of a .NET type. */
  private final String exceptionType;

  /** What was worked on, or null. */
  private final String target;

  /** Where it happened, or null. */
  private final ScriptPosition position;

  ScriptError(
      String message,
      String category,
      String errorId,
      String exceptionType,
      String target,
      ScriptPosition position) {
    this.message = message;
    this.category = category;
    this.errorId = errorId;
    this.exceptionType = exceptionType;
    this.target = target;
    this.position = position;
  }

  /**
   * An error as {@code throw} makes it: its category is {@code OperationStopped}, its id the
   * message.
   *
   * @param message what went wrong
   * @return an error without target and position
   */
  public static ScriptError of(String message) {
    Objects.requireNonNull(message, "message");
    return new ScriptError(
        message,
        "OperationStopped",
        message,
        "System.Management.Automation.RuntimeException",
        null,
        null);
  }

  /**
   * The same error of this category.
   *
   * @param category one of PowerShell's {@code ErrorCategory}, {@code ObjectNotFound} for example
   * @return a new error
   */
  public ScriptError withCategory(String category) {
    Objects.requireNonNull(category, "category");
    return new ScriptError(message, category, errorId, exceptionType, target, position);
  }

  /**
   * The same error with this id.
   *
   * @param errorId the fully qualified error id
   * @return a new error
   */
  public ScriptError withErrorId(String errorId) {
    Objects.requireNonNull(errorId, "errorId");
    return new ScriptError(message, category, errorId, exceptionType, target, position);
  }

  /**
   * The same error by this exception.
   *
   * @param exceptionType the full name of a .NET type
   * @return a new error
   */
  public ScriptError withExceptionType(String exceptionType) {
    Objects.requireNonNull(exceptionType, "exceptionType");
    return new ScriptError(message, category, errorId, exceptionType, target, position);
  }

  /**
   * The same error about this target.
   *
   * @param target what was worked on
   * @return a new error
   */
  public ScriptError withTarget(String target) {
    Objects.requireNonNull(target, "target");
    return new ScriptError(message, category, errorId, exceptionType, target, position);
  }

  /**
   * The same error at this place.
   *
   * @param position where it arose
   * @return a new error
   */
  public ScriptError withPosition(ScriptPosition position) {
    Objects.requireNonNull(position, "position");
    return new ScriptError(message, category, errorId, exceptionType, target, position);
  }

  /**
   * What went wrong, in the words of the host's language.
   *
   * @return the text
   */
  public String message() {
    return message;
  }

  /**
   * The kind of error: the name in PowerShell's {@code ErrorCategory}, the same on every host.
   *
   * @return {@code ObjectNotFound} for example
   */
  public String category() {
    return category;
  }

  /**
   * The fully qualified error id, the same in every language: what a program should compare.
   *
   * @return {@code PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand} for example
   */
  public String errorId() {
    return errorId;
  }

  /**
   * The exception behind the error.
   *
   * @return the full name of a .NET type
   */
  public String exceptionType() {
    return exceptionType;
  }

  /**
   * What was worked on when it happened.
   *
   * @return the text of the object, at most 1000 characters; empty if the error names none
   */
  public Optional<String> target() {
    return Optional.ofNullable(target);
  }

  /**
   * Where in the script it happened; inside a module's function, where in the module.
   *
   * @return empty if PowerShell does not say
   */
  public Optional<ScriptPosition> position() {
    return Optional.ofNullable(position);
  }

  /**
   * The error as the prelude writes it to standard error, for a {@code Result} that a test makes.
   *
   * @return one line with its end
   */
  public String toEnvelope() {
    return ErrorEnvelope.write(this);
  }

  /** Shows category, id and place; the message is apart, as it may quote the script's data. */
  @Override
  public String toString() {
    return "ScriptError[%s, %s%s]"
        .formatted(category, errorId, position().map(place -> ", " + place).orElse(""));
  }
}
