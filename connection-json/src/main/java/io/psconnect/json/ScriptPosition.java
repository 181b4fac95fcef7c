package io.psconnect.json;

import java.util.Objects;

/**
 * Where in a script an error arose.
 *
 * @param line the script's line, from 1
 * @param column the place in the line, from 1
 * @param text the line itself, empty if PowerShell does not say
 */
public record ScriptPosition(int line, int column, String text) {

  /**
   * Refuses what is no place.
   *
   * @param line from 1
   * @param column from 1
   * @param text the line
   */
  public ScriptPosition {
    Objects.requireNonNull(text, "text");
  }

  @Override
  public String toString() {
    return "line %d, column %d".formatted(line, column);
  }
}
