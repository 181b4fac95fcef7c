package io.psconnect.testkit.winrm;

import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.host.CommandStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A command of a shell, from its start until the client has its end or closes it. */
final class HostCommand implements CommandStreams {
  /** The longest line that cmd.exe takes. */
  private static final int LONGEST_LINE = 8191;

  private final CommandInput input = new CommandInput();
  private final CommandOutput output = new CommandOutput();
  private final CommandShell program;
  private final Runnable breakSession;
  private volatile boolean terminated;

  /**
   * @param program runs this command and no other, so that what it started can be ended with it
   * @param breakSession what happens when a scripted PowerShell takes the session with it
   */
  HostCommand(CommandShell program, Runnable breakSession) {
    this.program = program;
    this.breakSession = breakSession;
  }

  /** What cannot be started ends as with cmd.exe, which is what Windows starts first. */
  void start(String line) {
    if (line.length() > LONGEST_LINE) {
      fail("The command line is too long.\r\n");
      return;
    }
    try {
      program.start(line, this);
    } catch (IOException e) {
      fail(
          ("'%s' is not recognized as an internal or external command,\r\n"
                  + "operable program or batch file.\r\n")
              .formatted(line.strip().split("\\s")[0]));
    }
  }

  private void fail(String message) {
    try {
      stderr().write(message.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has been closed already: nobody reads it.
    }
    output.ended();
    exited(1);
  }

  CommandInput input() {
    return input;
  }

  CommandOutput output() {
    return output;
  }

  int openProcesses() {
    return program.openProcesses();
  }

  /** The client can still fetch how it ended. */
  void kill() {
    input.close();
    program.killAll();
  }

  void terminate() {
    terminated = true;
    kill();
  }

  boolean isTerminated() {
    return terminated;
  }

  /** Whether the client has given it up and knows how it ended. */
  boolean isForgotten() {
    return terminated && output.isFetched();
  }

  void close() {
    output.abandon();
    kill();
  }

  @Override
  public InputStream stdin() {
    return input;
  }

  @Override
  public OutputStream stdout() {
    return output.stream("stdout");
  }

  @Override
  public OutputStream stderr() {
    return output.stream("stderr");
  }

  @Override
  public void exited(int exitCode) {
    input.close();
    output.exited(exitCode);
  }

  @Override
  public void outputEnded() {
    output.ended();
  }

  @Override
  public void breakSession() {
    breakSession.run();
  }
}
