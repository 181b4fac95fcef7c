package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.io.IoUtils;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * A session channel that ends as one of OpenSSH's does: the exit status is sent when the command
 * has ended; the channel is closed when its output has ended too. A channel that the client closes
 * is closed by the host when the command has ended, and not before.
 */
final class HostChannel extends ChannelSession {
  private final Faults faults;

  /** The exit and the end of output. */
  private final AtomicInteger awaited = new AtomicInteger(2);

  private final ReentrantLock lock = new ReentrantLock(); // so that nothing follows the end
  private boolean ending;
  private volatile boolean running;
  private volatile boolean closedByClient;
  private volatile boolean released;

  HostChannel(Faults faults) {
    this.faults = faults;
  }

  void started() {
    running = true;
  }

  void exited(int exitCode) {
    running = false;
    try {
      if (closedByClient) {
        closeInReturn();
      } else {
        report(exitCode);
        endOne();
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  void outputEnded() {
    endOne();
  }

  private void report(int exitCode) throws IOException {
    if (faults.has(Kind.EXIT_SIGNAL)) {
      sendExitSignal(faults.find(Kind.EXIT_SIGNAL).orElseThrow().signal());
    } else if (!faults.has(Kind.NO_EXIT_STATUS)) {
      sendExitStatus(exitCode);
    }
  }

  private void sendExitSignal(String signal) throws IOException {
    Buffer buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    buffer.putUInt(getRecipient());
    buffer.putString("exit-signal");
    buffer.putBoolean(false);
    buffer.putString(signal);
    buffer.putBoolean(false);
    buffer.putString("");
    buffer.putString("");
    writePacket(buffer);
  }

  private void endOne() {
    if (awaited.decrementAndGet() == 0 && !faults.has(Kind.NO_END)) {
      end();
    }
  }

  private void end() {
    try {
      sendEof();
    } catch (IOException e) {
      // The client has gone.
    }
    commandExitFuture.setClosed();
    close(false);
  }

  /** Before SSH_MSG_CHANNEL_CLOSE is sent. */
  @Override
  protected void preClose() {
    lock.lock();
    try {
      ending = true;
    } finally {
      lock.unlock();
    }
    super.preClose();
  }

  /**
   * A client may have forgotten a channel that is closed (RFC 4254, 5.3), and sshj ends the session
   * at a message for it; MINA could send one when input is read while the channel is closed.
   */
  @Override
  protected void sendWindowAdjust(long bytes) throws IOException {
    lock.lock();
    try {
      if (!ending) {
        super.sendWindowAdjust(bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void handleClose() throws IOException {
    closedByClient = true;
    if (running) {
      IoUtils.closeQuietly(receiver, getRemoteWindow());
    } else {
      closeInReturn();
    }
  }

  /** Before the client can know of it. */
  private void closeInReturn() throws IOException {
    released = true;
    commandExitFuture.setClosed();
    super.handleClose();
  }

  /** Whether both sides have closed it, so that there is room for another. */
  boolean isReleased() {
    return released;
  }

  /** Nobody here needs a terminal; whoever asks for one is told so. */
  @Override
  protected RequestHandler.Result handlePtyReqParsed(
      String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes) {
    return RequestHandler.Result.ReplyFailure;
  }

  @Override
  protected RequestHandler.Result handleSubsystemParsed(String request, String subsystem)
      throws IOException {
    return faults.has(Kind.NO_SFTP)
        ? RequestHandler.Result.ReplyFailure
        : super.handleSubsystemParsed(request, subsystem);
  }
}
