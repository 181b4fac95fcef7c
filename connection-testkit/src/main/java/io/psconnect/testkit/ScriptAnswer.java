package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.Result;
import io.psconnect.Script;

/** Works out the answer to a script. Called by the thread of the call, so by many at once. */
@FunctionalInterface
public interface ScriptAnswer {

  /**
   * Answers one call.
   *
   * @param script with its input, which can be {@linkplain FakeRunner#inputOf read}
   * @return what the caller is given
   * @throws ConnectionException in place of a result
   * @throws InterruptedException if the thread was interrupted
   */
  Result answer(Script script) throws ConnectionException, InterruptedException;
}
