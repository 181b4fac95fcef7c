package io.psconnect.json;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where in a script an error arose.
 *
 * @param line the script's line, from 1
 * @param column the place in the line, from 1
 * @param text the line itself, empty if PowerShell does not say
 * @serial exclude
 */
public record ScriptPosition(int line, int column, String text) implements Serializable {

  /**
   * Refuses what is no place.
   *
   * @param line from 1
   * @param column from 1
   * @param text the line
   * @throws IllegalArgumentException if the line or the column is less than 1
   */
  public ScriptPosition {
    Objects.requireNonNull(text, "text");
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "lines and columns count from 1, and this is line %d, column %d".formatted(line, column));
    }
  }

  @Override
  public String toString() {
    return "line %d, column %d".formatted(line, column);
  }
}
