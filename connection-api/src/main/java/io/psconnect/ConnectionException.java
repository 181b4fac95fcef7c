package io.psconnect;

import java.io.IOException;
import java.util.Objects;

/**
 * The result of a call could not be learnt. A script that failed is not such a case: it has a
 * {@link Result} with an exit code.
 *
 * <p>Its subtypes say what happened; {@link #scriptState()} says whether trying again is safe. The
 * message names where it failed, what was expected, what came, and what to do next.
 */
public class ConnectionException extends IOException {
  private static final long serialVersionUID = 1;

  private final Origin origin;
  private final ScriptState scriptState;

  /**
   * Tells of a failure.
   *
   * @param origin where it happened
   * @param scriptState whether the script may have run
   * @param message what was expected, what came, and what to do next; no secrets
   * @param cause why, or null
   */
  public ConnectionException(
      Origin origin, ScriptState scriptState, String message, Throwable cause) {
    super(origin + ": " + Objects.requireNonNull(message, "message"), cause);
    this.origin = Objects.requireNonNull(origin, "origin");
    this.scriptState = Objects.requireNonNull(scriptState, "scriptState");
  }

  /**
   * Where it failed.
   *
   * @return the backend, the host and the phase
   */
  public final Origin origin() {
    return origin;
  }

  /**
   * The backend that failed.
   *
   * @return its id
   */
  public final String backend() {
    return origin.backend();
  }

  /**
   * The host that was addressed.
   *
   * @return its name, with the port where there is one; empty for this machine
   */
  public final String host() {
    return origin.host();
  }

  /**
   * What was going on.
   *
   * @return the phase
   */
  public final Phase phase() {
    return origin.phase();
  }

  /**
   * Whether the script may have run.
   *
   * @return {@link ScriptState#NOT_STARTED} only where that is certain
   */
  public final ScriptState scriptState() {
    return scriptState;
  }
}
