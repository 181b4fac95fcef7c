package io.psconnect.ssh.internal.auth;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.client.auth.pubkey.PublicKeyIdentity;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.signature.SignatureFactoriesManager;
import org.apache.sshd.common.util.buffer.Buffer;

/** {@code publickey} (RFC 4252, section 7) with the keys of the login, and no others. */
final class PublicKeyAuth extends UserAuthPublicKey {
  static final String NAME = UserAuthPublicKey.NAME;

  PublicKeyAuth() {
    super(Offer.SIGNATURES);
  }

  @Override
  protected Iterator<PublicKeyIdentity> createPublicKeyIterator(
      ClientSession session, SignatureFactoriesManager manager) {
    return new ArrayList<PublicKeyIdentity>(Login.of(session).offers()).iterator();
  }

  /** An agent that does not sign costs its key, not the session. */
  @Override
  protected boolean processAuthDataRequest(ClientSession session, String service, Buffer buffer)
      throws Exception {
    try {
      return super.processAuthDataRequest(session, service, buffer);
    } catch (UnusableCredentialException e) {
      Login.of(session).note("%s, as %s".formatted(current, e.getMessage()));
      return false;
    }
  }

  @Override
  public void signalAuthMethodSuccess(ClientSession session, String service, Buffer buffer)
      throws Exception {
    Login.of(session).accepted(String.valueOf(current));
    super.signalAuthMethodSuccess(session, service, buffer);
  }

  @Override
  public void signalAuthMethodFailure(
      ClientSession session, String service, boolean partial, List<String> methods, Buffer buffer)
      throws Exception {
    String offer = String.valueOf(current);
    if (partial) {
      Login.of(session).acceptedButNotEnough(offer);
    } else if (current != null) {
      Login.of(session).refused(offer);
    }
    super.signalAuthMethodFailure(session, service, partial, methods, buffer);
  }
}
