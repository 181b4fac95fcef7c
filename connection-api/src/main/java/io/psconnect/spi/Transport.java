package io.psconnect.spi;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import java.util.List;

/**
 * The part of a backend that reaches the host. {@link PowerShellConnection} calls it, and sees to
 * it that {@link #open} and {@link #close} are called in order and not beside each other. The other
 * methods are called by many threads at once, while it is open.
 */
public interface Transport extends AutoCloseable {

  /**
   * The backend's id, for messages.
   *
   * @return for instance {@code ssh}
   */
  String backend();

  /**
   * The host, for messages.
   *
   * @return as a person would name it, for instance {@code build01:22}; no credentials; empty,
   *     which is the default, for this machine
   */
  default String host() {
    return "";
  }

  /**
   * Makes the host ready for calls. The default has nothing to do.
   *
   * @throws ConnectionException of the type that says why not
   * @throws InterruptedException if the thread was interrupted
   */
  default void open() throws ConnectionException, InterruptedException {}

  /**
   * The most characters that PowerShell's arguments may have, joined by blanks, for the command
   * line to pass through everything between here and the process.
   *
   * @return for instance 8191, the limit of cmd.exe, less the path of PowerShell and a blank
   */
  int argumentBudget();

  /**
   * Whether PowerShell is to say its process id on stderr, so that this transport can end it from a
   * second process. The transport then takes that line off, by {@link
   * io.psconnect.powershell.ProcessAnnouncement}.
   *
   * @return false, unless overridden
   */
  default boolean needsProcessId() {
    return false;
  }

  /**
   * Starts PowerShell.
   *
   * @param arguments what follows the path of PowerShell: letters, digits and {@code -+/=} only, so
   *     that no shell finds anything to interpret
   * @param output given the process's output from now on, by threads of the backend
   * @param deadline by which the process must have started
   * @return the process
   * @throws ConnectionException if it did not start, with the script state that is certain
   * @throws InterruptedException if the thread was interrupted; nothing was started then
   */
  RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
      throws ConnectionException, InterruptedException;

  /**
   * Copies a file by a way of the backend's own, if it has one that takes this target. The default
   * has none. {@link SourceFile} and {@link CopyProgress} are for such a way.
   *
   * @param copy what to copy
   * @param deadline by which it must be done
   * @return true when the file is in its place; false if the backend has no way of its own for this
   *     target and did nothing: the file is then sent to a PowerShell script's input
   * @throws ConnectionException if it failed; the target is as it was
   * @throws InterruptedException if the thread was interrupted; the target is as it was
   */
  default boolean copyFile(FileCopy copy, Deadline deadline)
      throws ConnectionException, InterruptedException {
    return false;
  }

  /** Ends the session and wipes the credentials. Does not throw. The default has nothing to do. */
  @Override
  default void close() {}
}
