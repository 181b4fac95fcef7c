package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.Kind;
import io.psconnect.testkit.ssh.SshFault.Stage;
import java.io.IOException;
import java.util.Set;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;

/** A session that keeps to itself what a stalled host does not say. */
final class HostSession extends ServerSessionImpl {
  private static final Set<Byte> END =
      Set.of(
          SshConstants.SSH_MSG_CHANNEL_REQUEST,
          SshConstants.SSH_MSG_CHANNEL_EOF,
          SshConstants.SSH_MSG_CHANNEL_CLOSE);
  private static final Set<Byte> DATA =
      Set.of(SshConstants.SSH_MSG_CHANNEL_DATA, SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA);
  private static final Set<Byte> REPLIES =
      Set.of(SshConstants.SSH_MSG_CHANNEL_SUCCESS, SshConstants.SSH_MSG_CHANNEL_FAILURE);
  private static final Set<Byte> OPENINGS =
      Set.of(
          SshConstants.SSH_MSG_CHANNEL_OPEN_CONFIRMATION,
          SshConstants.SSH_MSG_CHANNEL_OPEN_FAILURE);

  private final Faults faults;

  HostSession(ServerFactoryManager server, IoSession connection, Faults faults) throws Exception {
    super(server, connection);
    this.faults = faults;
  }

  @Override
  protected IoWriteFuture doWritePacket(Buffer buffer) throws IOException {
    byte message = buffer.array()[buffer.rpos()];
    boolean held =
        faults.find(Kind.STALL).filter(fault -> isHeld(fault.stage(), message)).isPresent();
    return held ? AbstractIoWriteFuture.fulfilled(this, true) : super.doWritePacket(buffer);
  }

  private static boolean isHeld(Stage stage, byte message) {
    return switch (stage) {
      case VERSION_EXCHANGE -> false;
      case KEY_EXCHANGE -> isKeyExchange(message);
      case AUTHENTICATION -> isAuthentication(message);
      case CHANNEL_OPEN -> OPENINGS.contains(message);
      case EXEC_REPLY ->
          REPLIES.contains(message) || DATA.contains(message) || END.contains(message);
      case INPUT -> message == SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST;
      case OUTPUT -> DATA.contains(message) || END.contains(message);
      case EXIT_STATUS -> END.contains(message);
    };
  }

  /** By the ranges of RFC 4250, section 4.1.2. */
  private static boolean isKeyExchange(byte message) {
    return message >= 20 && message < 50;
  }

  private static boolean isAuthentication(byte message) {
    return message == SshConstants.SSH_MSG_SERVICE_ACCEPT || message >= 50 && message < 80;
  }
}
