package io.psconnect.ssh.internal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelListener;

/** A channel for one command, never with a terminal, that remembers what the host has been told. */
final class ExecChannel extends ChannelExec {
  private final CompletableFuture<Integer> exitStatus = new CompletableFuture<>();
  private volatile boolean commandSent;
  private volatile boolean commandRefused;

  ExecChannel(String command) {
    super(command, null, Map.of());
    addChannelListener(
        new ChannelListener() {
          @Override
          public void channelStateChanged(Channel channel, String hint) {
            noticeExit();
          }
        });
  }

  private void noticeExit() {
    Integer status = getExitStatus();
    if (status != null) {
      exitStatus.complete(status);
    }
  }

  @Override
  protected void doOpen() throws IOException {
    commandSent = true;
    super.doOpen();
  }

  /** MINA would close the channel without telling the host, which would keep it. */
  @Override
  public void handleFailure() {
    commandRefused = true;
    close(false);
  }

  /** The exit status, with all its 32 bits; cancelled if the channel was closed without one. */
  CompletableFuture<Integer> exitStatus() {
    return exitStatus;
  }

  /** Whether the command may have reached the host. */
  boolean isCommandSent() {
    return commandSent;
  }

  /** Whether the host has said that it does not run commands. */
  boolean isCommandRefused() {
    return commandRefused;
  }
}
