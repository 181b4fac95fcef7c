package io.psconnect.testkit.contract;

/** What a backend, or the host behind it, may be unable to do. */
public enum Capability {
  /**
   * Ending a script that was given up ends the processes it started, too. Without it the rules look
   * for the end of PowerShell alone.
   */
  PROCESS_TREE,

  /** A process that a script leaves running, with the script's streams, does not hold the call. */
  DETACHED_CHILD,

  /** A native program that a script starts reads the rest of the script's standard input. */
  NATIVE_INPUT,

  /** File names may have any character but the separator and NUL, double quotes for instance. */
  ANY_FILE_NAME
}
