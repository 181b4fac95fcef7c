package io.psconnect.json;

import io.psconnect.Result;

/**
 * Which of a result's streams may have been cut at the script's output limit. The result says that
 * one was; a stream that was cut is as long as the limit.
 */
enum Cut {
  NONE("nothing"),
  STDOUT("standard output"),
  STDERR("standard error"),
  EITHER("standard output or error");

  private final String stream;

  Cut(String stream) {
    this.stream = stream;
  }

  static Cut of(Result result, int limit) {
    if (!result.truncated()) {
      return NONE;
    }
    boolean stdout = result.stdoutBytes().length >= limit;
    boolean stderr = result.stderrBytes().length >= limit;
    if (stdout == stderr) {
      return EITHER;
    }
    return stdout ? STDOUT : STDERR;
  }

  boolean hitStdout() {
    return this == STDOUT || this == EITHER;
  }

  boolean hitStderr() {
    return this == STDERR || this == EITHER;
  }

  /** What happened, and what to do about it. */
  String description() {
    return "%s was cut at the output limit; allow more by withOutputLimit".formatted(stream);
  }
}
