package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.AbstractUserAuthFactory;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.client.session.ClientUserAuthService;
import org.apache.sshd.client.session.ClientUserAuthServiceFactory;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;

/** The ways to log in that a client has, in their order; MINA's own are not used. */
final class AuthMethods {
  private AuthMethods() {}

  static void install(SshClient client) {
    client.setUserAuthFactories(
        List.of(
            new Factory(PublicKeyAuth.NAME, PublicKeyAuth::new),
            new Factory(PasswordAuth.NAME, PasswordAuth::new),
            new Factory(PromptAuth.NAME, PromptAuth::new)));
    CoreModuleProperties.PREFERRED_AUTHS.remove(client);
    client.setServiceFactories(
        List.of(new ListeningServiceFactory(), ClientConnectionServiceFactory.INSTANCE));
  }

  private static final class Factory extends AbstractUserAuthFactory {
    private final Supplier<UserAuth> method;

    Factory(String name, Supplier<UserAuth> method) {
      super(name);
      this.method = method;
    }

    @Override
    public UserAuth createUserAuth(ClientSession session) {
      return method.get();
    }
  }

  private static final class ListeningServiceFactory extends ClientUserAuthServiceFactory {
    @Override
    public Service create(Session session) throws IOException {
      return new ListeningService(session);
    }
  }

  /** Notes what the server would take, which MINA tells nobody where it has no such method. */
  private static final class ListeningService extends ClientUserAuthService {
    ListeningService(Session session) {
      super(session);
    }

    @Override
    protected void processUserAuth(int command, Buffer buffer, AuthFuture future) throws Exception {
      if (command == SshConstants.SSH_MSG_USERAUTH_FAILURE) {
        int position = buffer.rpos();
        Login.of(getClientSession()).serverTakes(buffer.getString());
        buffer.rpos(position);
      }
      super.processUserAuth(command, buffer, future);
    }
  }
}
