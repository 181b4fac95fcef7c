package io.psconnect.ssh.internal.auth;

import java.util.Arrays;
import java.util.List;
import org.apache.sshd.client.auth.AbstractUserAuth;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.auth.UserAuthMethodFactory;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * {@code password} (RFC 4252, section 8), once. MINA's own keeps the password as a String; here it
 * is bytes, wiped when they have been put into the packet, which MINA encrypts in place.
 */
final class PasswordAuth extends AbstractUserAuth {
  static final String NAME = UserAuthMethodFactory.PASSWORD;

  private boolean sent;

  PasswordAuth() {
    super(NAME);
  }

  @Override
  protected boolean sendAuthDataRequest(ClientSession session, String service) throws Exception {
    Login login = Login.of(session);
    if (sent
        || !login.offersPassword()
        || !UserAuthMethodFactory.isSecureAuthenticationTransport(session)) {
      return false;
    }
    sent = true;
    Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_USERAUTH_REQUEST);
    buffer.putString(session.getUsername());
    buffer.putString(service);
    buffer.putString(NAME);
    buffer.putBoolean(false);
    putPassword(buffer, login);
    session.writePacket(buffer);
    return true;
  }

  static void putPassword(Buffer buffer, Login login) {
    byte[] password = login.password();
    buffer.ensureCapacity(password.length + Integer.BYTES);
    buffer.putBytes(password);
    Arrays.fill(password, (byte) 0);
  }

  /** The server says here that the password has expired. Nobody is there to choose a new one. */
  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer) {
    int command = buffer.getUByte();
    if (command != SshConstants.SSH_MSG_USERAUTH_PASSWD_CHANGEREQ) {
      throw new IllegalStateException(
          "unexpected message in password authentication: "
              + SshConstants.getCommandMessageName(command));
    }
    Login.of(session).passwordHasExpired(buffer.getString());
    return false;
  }

  @Override
  public void signalAuthMethodSuccess(ClientSession session, String service, Buffer buffer) {
    Login.of(session).accepted(NAME);
  }

  @Override
  public void signalAuthMethodFailure(
      ClientSession session, String service, boolean partial, List<String> methods, Buffer buffer) {
    if (partial) {
      Login.of(session).acceptedButNotEnough(NAME);
    } else {
      Login.of(session).refused(NAME);
    }
  }
}
