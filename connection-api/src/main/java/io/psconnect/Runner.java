package io.psconnect;

import java.nio.file.Path;

/**
 * Runs scripts on a host and copies files to it: the narrowest useful thing, and all that a unit
 * test has to replace.
 *
 * <p>Safe for use by many threads; calls run beside each other.
 */
public interface Runner {

  /**
   * Runs a script in a PowerShell process of its own and waits for its end.
   *
   * <p>The script is started at most once: nothing that may have started it, or delivered its
   * input, is sent again. Interruption and the timeout end the remote process and what it started.
   *
   * @param script what to run
   * @return what came of it; a non-zero exit code is a result like any other
   * @throws ConnectionException if the result could not be learnt; its {@link
   *     ConnectionException#scriptState()} says whether the script may have run
   * @throws InterruptedException if the thread was interrupted; the message says whether the remote
   *     process was ended
   */
  Result runScript(Script script) throws ConnectionException, InterruptedException;

  /**
   * Runs a script without input, with the connection's own timeout.
   *
   * @param text the script's text
   * @return what came of it
   * @throws ConnectionException if the result could not be learnt
   * @throws InterruptedException if the thread was interrupted
   * @see #runScript(Script)
   */
  default Result runScript(String text) throws ConnectionException, InterruptedException {
    return runScript(Script.of(text));
  }

  /**
   * Copies a file to the host: to a temporary name beside the target, which then takes the target's
   * name. Missing parent folders are made, an existing file is replaced. After a failure the target
   * is as it was, and the temporary file is gone.
   *
   * @param copy what to copy, and where to
   * @throws FileCopyException if the host would not have the file
   * @throws ConnectionException if the host could not be reached or the session broke
   * @throws InterruptedException if the thread was interrupted
   */
  void streamFile(FileCopy copy) throws ConnectionException, InterruptedException;

  /**
   * Copies a file to the host, without a timeout and without reports of progress.
   *
   * @param source a file on this machine
   * @param target the absolute path on the host
   * @throws ConnectionException if the file could not be copied
   * @throws InterruptedException if the thread was interrupted
   * @see #streamFile(FileCopy)
   */
  default void streamFile(Path source, String target)
      throws ConnectionException, InterruptedException {
    streamFile(FileCopy.of(source, target));
  }
}
