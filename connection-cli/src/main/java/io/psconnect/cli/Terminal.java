package io.psconnect.cli;

import java.io.InputStream;
import java.io.PrintStream;

/** The three streams of the command. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {}
