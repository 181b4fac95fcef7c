package io.psconnect.winrm.internal.http;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.ScriptState;

/** The host takes no message of this size (HTTP 413). It has not acted on it. */
public final class TooLargeException extends ConnectionException {
  private static final long serialVersionUID = 1;

  /**
   * Tells of a message that was too large.
   *
   * @param origin where
   * @param message with the size
   */
  public TooLargeException(Origin origin, String message) {
    super(origin, ScriptState.NOT_STARTED, message, null);
  }
}
