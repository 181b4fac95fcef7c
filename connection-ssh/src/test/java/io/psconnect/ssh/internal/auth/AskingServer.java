package io.psconnect.ssh.internal.auth;

import io.psconnect.ssh.SshOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.auth.UserAuthMethodFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.AbstractUserAuth;
import org.apache.sshd.server.auth.AbstractUserAuthFactory;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.PasswordChangeRequiredException;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.session.ServerSession;

/** A server in this process that asks what a test wants, and remembers what it was told. */
final class AskingServer implements AutoCloseable {
  private final Queue<List<String>> answers = new ConcurrentLinkedQueue<>();
  private final SshServer server = SshServer.setUpDefaultServer();

  private AskingServer() throws IOException, GeneralSecurityException {
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(
        KeyPairProvider.wrap(KeyPairGenerator.getInstance("EC").generateKeyPair()));
  }

  /** One that asks by keyboard-interactive, and takes a password as the only answer. */
  static AskingServer prompting(String password, InteractiveChallenge challenge) throws Exception {
    AskingServer asking = new AskingServer();
    asking.server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));
    asking.server.setKeyboardInteractiveAuthenticator(
        new KeyboardInteractiveAuthenticator() {
          @Override
          public InteractiveChallenge generateChallenge(
              ServerSession session, String user, String language, String methods) {
            return challenge;
          }

          @Override
          public boolean authenticate(ServerSession session, String user, List<String> responses) {
            asking.answers.add(responses);
            return responses.equals(List.of(password));
          }
        });
    asking.server.start();
    return asking;
  }

  /** One that asks by keyboard-interactive again and again, and lets nobody in. */
  static AskingServer asking(InteractiveChallenge... challenges) throws Exception {
    AskingServer asking = new AskingServer();
    asking.server.setUserAuthFactories(List.of(new Rounds(asking, List.of(challenges))));
    asking.server.start();
    return asking;
  }

  private static final class Rounds extends AbstractUserAuthFactory {
    private final AskingServer asking;
    private final List<InteractiveChallenge> challenges;

    Rounds(AskingServer asking, List<InteractiveChallenge> challenges) {
      super(KB_INTERACTIVE);
      this.asking = asking;
      this.challenges = challenges;
    }

    @Override
    public UserAuth createUserAuth(ServerSession session) {
      return new Dialogue(asking, challenges.iterator());
    }
  }

  private static final class Dialogue extends AbstractUserAuth {
    private final AskingServer asking;
    private final Iterator<InteractiveChallenge> challenges;

    Dialogue(AskingServer asking, Iterator<InteractiveChallenge> challenges) {
      super(UserAuthMethodFactory.KB_INTERACTIVE);
      this.asking = asking;
      this.challenges = challenges;
    }

    @Override
    protected Boolean doAuth(Buffer buffer, boolean first) throws IOException {
      if (!first) {
        buffer.getUByte();
        int answers = buffer.getInt();
        asking.answers.add(Stream.generate(buffer::getString).limit(answers).toList());
      }
      if (!challenges.hasNext()) {
        return false;
      }
      ServerSession session = getServerSession();
      session.writePacket(
          challenges
              .next()
              .append(session.createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST)));
      return null;
    }
  }

  /** One where every password has expired. */
  static AskingServer wantingChange(String prompt) throws Exception {
    AskingServer asking = new AskingServer();
    asking.server.setUserAuthFactories(
        List.of(UserAuthPasswordFactory.INSTANCE, UserAuthKeyboardInteractiveFactory.INSTANCE));
    asking.server.setPasswordAuthenticator(
        (user, password, session) -> {
          asking.answers.add(List.of(password));
          throw new PasswordChangeRequiredException("expired", prompt, "");
        });
    asking.server.start();
    return asking;
  }

  SshOptions.Builder options(String password) {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(server.getPort())
        .username("me")
        .noAgent()
        .password(password.toCharArray());
  }

  List<List<String>> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
