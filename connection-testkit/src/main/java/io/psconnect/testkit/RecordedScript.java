package io.psconnect.testkit;

import io.psconnect.Script;
import java.util.Objects;

/**
 * A script that a fake was given to run.
 *
 * @param script with its input as it was at the time of the call, which can be {@linkplain
 *     FakeRunner#inputOf read} any number of times
 */
public record RecordedScript(Script script) implements RecordedCall {

  /**
   * Refuses null.
   *
   * @param script what was to be run
   */
  public RecordedScript {
    Objects.requireNonNull(script, "script");
  }
}
