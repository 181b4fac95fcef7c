package io.psconnect.testkit.host;

import java.io.IOException;

/** Runs command lines. */
public interface CommandShell {
  void start(String commandLine, CommandStreams streams) throws IOException;

  /** How many processes have not ended, those that others have started included. */
  int openProcesses();

  /** Ends them all, without waiting. */
  void killAll();
}
