package io.psconnect.testkit.ssh;

import java.io.IOException;

/** Runs command lines. */
interface CommandShell {
  void start(String commandLine, CommandStreams streams) throws IOException;

  /** How many processes have not ended, those that others have started included. */
  int openProcesses();

  /** Ends them all, without waiting. */
  void killAll();
}
