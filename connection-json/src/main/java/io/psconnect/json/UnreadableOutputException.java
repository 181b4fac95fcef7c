package io.psconnect.json;

import io.psconnect.Result;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * A script ended well, but what stands on its standard output is not the answer: text of native
 * programs beside the JSON, JSON that breaks off, or JSON of another shape than was asked for. Says
 * where it stopped making sense.
 */
public final class UnreadableOutputException extends ScriptFailedException {
  private static final long serialVersionUID = 1;
  private static final int NOWHERE = -1;

  /** The line where it stopped. */
  private final int line;

  /** The column where it stopped. */
  private final int column;

  /** The offset where it stopped. */
  private final int offset;

  private UnreadableOutputException(
      String message, int line, int column, int offset, Result result, Throwable cause) {
    super(message, null, result, cause);
    this.line = line;
    this.column = column;
    this.offset = offset;
  }

  static UnreadableOutputException of(JacksonException e, Result result) {
    if (e instanceof InvalidDefinitionException || ClosedPackage.isBehind(e)) {
      return nowhere(unreadableType(e), result, e);
    }
    TokenStreamLocation place = e.getLocation();
    if (place == null || place.getCharOffset() < 0) {
      return nowhere("the script's output is not what was asked for: " + reason(e), result, e);
    }
    String text = result.stdout();
    int offset = (int) Math.min(place.getCharOffset(), text.length());
    String message =
        "the script's output stops making sense at line %d, column %d (character %d of %d): %s; %s"
            .formatted(
                place.getLineNr(),
                place.getColumnNr(),
                offset,
                text.length(),
                reason(e),
                Excerpt.around(text, offset));
    return new UnreadableOutputException(
        message, place.getLineNr(), place.getColumnNr(), offset, result, e);
  }

  static UnreadableOutputException empty(Result result) {
    return nowhere(
        "the script's output is empty where JSON was expected;"
            + " it may have left by exit before its end",
        result,
        null);
  }

  static UnreadableOutputException cut(Result result, Cut cut) {
    return nowhere("the script's answer may be incomplete: " + cut.description(), result, null);
  }

  /** No output would do. */
  private static String unreadableType(JacksonException e) {
    return "the type asked for cannot be made, whatever the script's output is: %s%s"
        .formatted(reason(e), ClosedPackage.advice(e));
  }

  private static UnreadableOutputException nowhere(String message, Result result, Throwable cause) {
    return new UnreadableOutputException(message, NOWHERE, NOWHERE, NOWHERE, result, cause);
  }

  /** Without the place in the text, which Jackson says in its own way. */
  private static String reason(JacksonException e) {
    String path = path(e.getPath());
    return path.isEmpty()
        ? e.getOriginalMessage()
        : "%s, at %s".formatted(e.getOriginalMessage(), Excerpt.of(path));
  }

  /** Which of the values it is: {@code [17].Name}. */
  private static String path(List<JacksonException.Reference> steps) {
    return steps.stream()
        .map(
            step ->
                step.getPropertyName() == null
                    ? "[%d]".formatted(step.getIndex())
                    : "." + step.getPropertyName())
        .collect(Collectors.joining());
  }

  /**
   * The line where the output stopped making sense.
   *
   * @return from 1; empty if there is no such place
   */
  public OptionalInt line() {
    return known(line);
  }

  /**
   * The column where the output stopped making sense.
   *
   * @return from 1; empty if there is no such place
   */
  public OptionalInt column() {
    return known(column);
  }

  /**
   * How many characters of the output made sense.
   *
   * @return an index into {@link #stdout()}; empty if there is no such place
   */
  public OptionalInt offset() {
    return known(offset);
  }

  private static OptionalInt known(int value) {
    return value == NOWHERE ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
