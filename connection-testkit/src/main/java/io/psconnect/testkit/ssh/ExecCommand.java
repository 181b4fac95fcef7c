package io.psconnect.testkit.ssh;

import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.host.CommandStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** A command line on its way from a channel to the shell. */
final class ExecCommand implements Command, CommandStreams {
  /** As POSIX shells end when a program cannot be started. */
  private static final int NOT_EXECUTABLE = 126;

  private final String commandLine;
  private final CommandShell shell;
  private final HostChannel channel;
  private InputStream in;
  private OutputStream out;
  private OutputStream err;

  ExecCommand(String commandLine, CommandShell shell, HostChannel channel) {
    this.commandLine = commandLine;
    this.shell = shell;
    this.channel = channel;
  }

  @Override
  public void start(ChannelSession same, Environment environment) throws IOException {
    channel.started();
    try {
      shell.start(commandLine, this);
    } catch (IOException e) {
      outputEnded();
      exited(NOT_EXECUTABLE);
      throw e;
    }
  }

  /** As with sshd, the process goes on; what it finds is the end of its input. */
  @Override
  public void destroy(ChannelSession same) {}

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {
    this.err = err;
  }

  /** The channel is told itself: this callback closes it together with the exit status. */
  @Override
  public void setExitCallback(ExitCallback callback) {}

  @Override
  public InputStream stdin() {
    return in;
  }

  @Override
  public OutputStream stdout() {
    return out;
  }

  @Override
  public OutputStream stderr() {
    return err;
  }

  @Override
  public void exited(int exitCode) {
    channel.exited(exitCode);
  }

  @Override
  public void outputEnded() {
    channel.outputEnded();
  }

  @Override
  public void breakSession() {
    channel.getSession().close(true);
  }
}
