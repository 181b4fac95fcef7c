package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How one run of the command ended, and what it wrote. */
record Outcome(int exitCode, byte[] output, String err) {

  static Outcome of(String... arguments) {
    return of(new byte[0], arguments);
  }

  static Outcome of(byte[] stdin, String... arguments) {
    return of(new ByteArrayInputStream(stdin), new ByteArrayOutputStream(), arguments);
  }

  /** Runs with this standard input; what is written to standard output is passed on, and kept. */
  static Outcome of(InputStream stdin, OutputStream stdout, String... arguments) {
    return of(stdin, stdout, Tty.NONE, System.getenv(), arguments);
  }

  /** Runs at a terminal, with an environment. */
  static Outcome of(Tty tty, Map<String, String> environment, String... arguments) {
    return of(
        InputStream.nullInputStream(),
        OutputStream.nullOutputStream(),
        tty,
        environment,
        arguments);
  }

  private static Outcome of(
      InputStream stdin,
      OutputStream stdout,
      Tty tty,
      Map<String, String> environment,
      String... arguments) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(new Tee(stdout, kept), true, StandardCharsets.UTF_8);
    int exitCode =
        ConnectionCli.run(
            new Terminal(
                stdin, out, new PrintStream(err, true, StandardCharsets.UTF_8), tty, environment),
            arguments);
    return new Outcome(exitCode, kept.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  String out() {
    return new String(output, StandardCharsets.UTF_8);
  }

  /** The error's one line, without the command's name, after it was seen to be one line alone. */
  String error(int expectedExitCode) {
    assertEquals(expectedExitCode, exitCode, () -> "exit code; stderr: " + err);
    assertEquals(1, err.lines().count(), () -> "lines of stderr: " + err);
    assertTrue(err.startsWith("connection: "), () -> "stderr: " + err);
    assertEquals("", out(), "stdout");
    return err.substring("connection: ".length()).strip();
  }
}
