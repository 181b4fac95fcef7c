package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Result;
import io.psconnect.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Faults in what is run and told that take more than a line. */
final class ScriptFaults {
  private ScriptFaults() {}

  static Result runningAgainAfterFailure(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    Result result = right.runScript(script);
    return result.succeeded() ? result : right.runScript(script);
  }

  static Result runningNothing(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    return script == null ? Result.of(0, "", "") : right.runScript(script);
  }

  static Result showingInputInTheScript(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    try {
      String input = new String(Faults.bytes(script.input()), StandardCharsets.UTF_8);
      return right.runScript(Faults.withText(script, "# " + input + "\n" + script.text()));
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Result repeatingTheScript(Connection right, Script script)
      throws ConnectionException, InterruptedException {
    try {
      return right.runScript(script);
    } catch (ConnectionTimeoutException e) {
      throw new ConnectionTimeoutException(
          e.origin(), e.scriptState(), e.termination(), "too long: " + script.text());
    }
  }
}
