package io.psconnect.testkit.host;

import java.io.InputStream;
import java.io.OutputStream;

/** The channel's side of a command: its three streams, and where its end is reported. */
public interface CommandStreams {
  /** Ends when the client ends it or goes away. */
  InputStream stdin();

  /** Blocks while the client does not take more, and fails when it has gone. */
  OutputStream stdout();

  OutputStream stderr();

  /** The command has ended; something may still hold its streams. */
  void exited(int exitCode);

  /** Both output streams have ended. */
  void outputEnded();

  /** The command has ended in a way in which the whole session ends. */
  void breakSession();
}
