package io.psconnect;

import java.nio.ByteBuffer;

/**
 * Told of a script's output as it comes.
 *
 * <p>Called by threads of the backend, one call at a time for each stream, so a slow listener slows
 * the script down. A listener that throws ends the call: the remote process is ended, and the
 * exception comes out of {@link Runner#runScript(Script)}.
 */
public interface OutputListener {

  /**
   * Output on the standard stream, in UTF-8; a character may be cut at either end.
   *
   * @param chunk the bytes, valid during the call
   */
  default void onStdout(ByteBuffer chunk) {}

  /**
   * Output on the error stream, in UTF-8, already without CLIXML. PowerShell holds error records
   * back until some 6 KB have gathered or the script ends.
   *
   * @param chunk the bytes, valid during the call
   */
  default void onStderr(ByteBuffer chunk) {}
}
