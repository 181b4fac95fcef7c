package io.psconnect.json;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The line on standard error that a terminating error comes in: a mark, then JSON. */
final class ErrorEnvelope {
  static final String MARK = "PSCONNECT-SCRIPT-ERROR ";

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ErrorEnvelope() {}

  static String write(ScriptError error) {
    ObjectNode envelope = MAPPER.createObjectNode();
    envelope.put("message", error.message());
    envelope.put("category", error.category());
    envelope.put("errorId", error.errorId());
    envelope.put("exception", error.exceptionType());
    envelope.put("target", error.target().orElse(null));
    error.position().ifPresent(place -> write(place, envelope.putObject("position")));
    return MARK + MAPPER.writeValueAsString(envelope) + "\n";
  }

  private static void write(ScriptPosition place, ObjectNode position) {
    position.put("line", place.line());
    position.put("column", place.column());
    position.put("text", place.text());
  }

  /** The error in the last line that has the mark; the script may have written such a line too. */
  static Optional<ScriptError> find(String stderr) {
    return stderr
        .lines()
        .filter(line -> line.startsWith(MARK))
        .reduce((first, last) -> last)
        .flatMap(line -> parse(line.substring(MARK.length())));
  }

  /** The text before and after the envelope: what the script itself had to say. */
  static String without(String stderr) {
    int mark = stderr.startsWith(MARK) ? 0 : stderr.lastIndexOf("\n" + MARK) + 1;
    if (!stderr.startsWith(MARK, mark)) {
      return stderr;
    }
    int end = stderr.indexOf('\n', mark);
    return stderr.substring(0, mark).stripTrailing()
        + (end < 0 ? "" : stderr.substring(end).stripTrailing());
  }

  /** Empty if the line was cut. */
  private static Optional<ScriptError> parse(String json) {
    try {
      JsonNode envelope = MAPPER.readTree(json);
      return envelope.isObject() ? Optional.of(error(envelope)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ScriptError error(JsonNode envelope) {
    JsonNode position = envelope.path("position");
    return new ScriptError(
        text(envelope, "message"),
        text(envelope, "category"),
        text(envelope, "errorId"),
        text(envelope, "exception"),
        envelope.path("target").asString(null),
        position(position));
  }

  /** Null if there is none. */
  private static ScriptPosition position(JsonNode position) {
    int line = position.path("line").asInt(0);
    int column = position.path("column").asInt(0);
    return line < 1 || column < 1 ? null : new ScriptPosition(line, column, text(position, "text"));
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
