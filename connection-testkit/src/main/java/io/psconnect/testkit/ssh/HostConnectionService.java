package io.psconnect.testkit.ssh;

import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.util.Optional;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.session.AbstractServerSession;
import org.apache.sshd.server.session.ServerConnectionService;
import org.apache.sshd.server.session.ServerConnectionServiceFactory;

/** The channels of one session. */
final class HostConnectionService extends ServerConnectionService {
  private final Faults faults;

  private HostConnectionService(AbstractServerSession session, Faults faults) throws IOException {
    super(session);
    this.faults = faults;
  }

  static ServerConnectionServiceFactory factory(Faults faults) {
    return new ServerConnectionServiceFactory() {
      @Override
      public Service create(Session session) throws IOException {
        HostConnectionService service =
            new HostConnectionService((AbstractServerSession) session, faults);
        service.addPortForwardingEventListenerManager(this);
        return service;
      }
    };
  }

  @Override
  protected void channelOpen(Buffer buffer) throws Exception {
    Optional<SshFault> limit = faults.find(Kind.MAX_SESSIONS);
    if (limit.isPresent() && sessions() >= limit.get().count()) {
      refuse(buffer, limit.get());
    } else {
      super.channelOpen(buffer);
    }
  }

  private long sessions() {
    return getChannels().stream()
        .filter(channel -> channel instanceof HostChannel session && !session.isReleased())
        .count();
  }

  /** In the words of OpenSSH. */
  private void refuse(Buffer buffer, SshFault limit) throws IOException {
    buffer.getString();
    long sender = buffer.getUInt();
    sendChannelOpenFailure(buffer, sender, limit.refusal().code(), "open failed", "");
  }

  /** As with OpenSSH, keepalive is a request that the server does not know, and says so. */
  @Override
  protected IoWriteFuture sendGlobalResponse(
      Buffer buffer, String request, RequestHandler.Result result, boolean wantReply)
      throws IOException {
    boolean ignored = faults.has(Kind.NO_KEEPALIVE) && request.startsWith("keepalive@");
    return super.sendGlobalResponse(buffer, request, result, wantReply && !ignored);
  }
}
