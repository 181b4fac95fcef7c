package io.psconnect.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/** What the command finds around it: three streams, whoever sits before them, the environment. */
record Terminal(
    InputStream in, PrintStream out, PrintStream err, Tty tty, Map<String, String> environment) {

  /** These streams alone: nobody to ask, nobody to show a progress bar to. */
  static Terminal of(InputStream in, PrintStream out, PrintStream err) {
    return new Terminal(in, out, err, Tty.NONE, System.getenv());
  }

  /** The streams of this process. */
  static Terminal ofProcess() {
    return new Terminal(System.in, System.out, System.err, new SystemTty(), System.getenv());
  }
}
