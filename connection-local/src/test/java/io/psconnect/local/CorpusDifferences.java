package io.psconnect.local;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import java.util.Map;
import java.util.Optional;

/** The scripts of the corpus that a connection runs otherwise than a plain command, and why. */
final class CorpusDifferences {
  private static final String ENDS_TOO_EARLY =
      "PowerShell prints nothing of a script that ends too early; we say line, column and reason";

  private static final Map<String, Difference> BY_ID =
      Map.ofEntries(
          entry("parse-error", errors(ENDS_TOO_EARLY, "At line:1 char:5")),
          entry("parse-line", errors(ENDS_TOO_EARLY, "At line:3 char:5")),
          entry("parse-line-missing-brace", errors(ENDS_TOO_EARLY, "Missing closing '}'")),
          entry("last-pipe-open", errors(ENDS_TOO_EARLY, "An empty pipe element is not allowed.")),
          entry(
              "parse-error-2",
              errors(
                  "the same reason, as the message of an error instead of a ParserError record",
                  "Unexpected token ')' in expression or statement.")),
          entry(
              "last-backtick",
              errors(
                  "PowerShell takes a backtick at the end for an unfinished line and runs nothing;"
                      + " we run the script",
                  "Cannot find path '/nope'")),
          entry(
              "bom",
              new Difference(
                  "a byte order mark is taken off; PowerShell makes it a part of the first command",
                  "bom\n",
                  "",
                  0)),
          entry(
              "last-return",
              exits("the check of the last statement is not reached after a final return", 0)),
          entry(
              "last-named",
              exits(
                  "a script of named blocks has no place for the check of the last statement", 0)),
          entry(
              "automatic",
              new Difference(
                  "$input is of another private class",
                  "0 ArrayListEnumeratorSimple\n",
                  null,
                  null)));

  private CorpusDifferences() {}

  static Optional<Difference> of(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  private static Difference errors(String reason, String part) {
    return new Difference(reason, null, part, null);
  }

  private static Difference exits(String reason, int exitCode) {
    return new Difference(reason, null, null, exitCode);
  }

  /**
   * What differs; the rest is as recorded.
   *
   * @param stdout the output there is instead, or null
   * @param stderr a part of the error text there is instead, or null
   * @param exitCode the exit code there is instead, or null
   */
  record Difference(String reason, String stdout, String stderr, Integer exitCode) {

    /** An exception that is none any more has to go from the list: what it names must differ. */
    void verify(Recording recording, Result result) {
      String errors = Recording.describe(result.stderrBytes());
      if (stdout == null) {
        assertEquals(recording.stdout(), Recording.describe(result.stdoutBytes()), "stdout");
      } else {
        assertNotEquals(recording.stdout(), stdout, reason);
        assertEquals(stdout, result.stdout(), reason);
      }
      if (stderr == null) {
        assertEquals(recording.stderr(), errors, "stderr");
      } else {
        assertNotEquals(recording.stderr(), errors, reason);
        assertTrue(errors.contains(stderr), () -> reason + ", but: " + errors);
      }
      if (exitCode == null) {
        assertEquals(CorpusTest.javaExitCode(recording), result.exitCode(), "exit code");
      } else {
        assertNotEquals(recording.exitCode(), result.exitCode(), reason);
        assertEquals(exitCode, result.exitCode(), reason);
      }
    }
  }
}
