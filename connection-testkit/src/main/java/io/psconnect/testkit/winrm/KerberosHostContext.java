package io.psconnect.testkit.winrm;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;

/** The host's side of one login by Kerberos (RFC 4121), which the JDK's GSS-API does. */
final class KerberosHostContext implements MechanismContext {
  private final ServiceKeys keys;
  private final ChannelBinding channelBinding;
  private GSSContext context;
  private boolean refused;
  private boolean bound;

  KerberosHostContext(ServiceKeys keys, ChannelBinding channelBinding) {
    this.keys = keys;
    this.channelBinding = channelBinding;
  }

  @Override
  public byte[] accept(byte[] token) throws RefusedLogin {
    if (refused || isEstablished()) {
      throw new RefusedLogin("This login is over; a new one needs a new connection", null);
    }
    refused = true;
    byte[] answer = take(token);
    refused = false;
    return answer == null ? new byte[0] : answer;
  }

  /** The JDK's parser of tokens throws what it likes at some that are damaged. */
  private byte[] take(byte[] token) throws RefusedLogin {
    try {
      GSSContext acceptor = context();
      byte[] answer = keys.asService(() -> acceptor.acceptSecContext(token, 0, token.length));
      bound = channelBinding.check(new BoundChannel(keys).of(token));
      return answer;
    } catch (GSSException | RuntimeException e) {
      throw new RefusedLogin("The client's Kerberos token is not accepted: " + e.getMessage(), e);
    }
  }

  private GSSContext context() throws GSSException {
    if (context == null) {
      context = keys.newContext();
    }
    return context;
  }

  @Override
  public boolean isEstablished() {
    return !refused && context != null && context.isEstablished();
  }

  @Override
  public String user() {
    try {
      return established().getSrcName().toString();
    } catch (GSSException e) {
      throw new IllegalStateException("The client has no name", e);
    }
  }

  @Override
  public boolean isBound() {
    return isEstablished() && bound;
  }

  @Override
  public byte[] unseal(byte[] header, byte[] data) throws RefusedLogin {
    if (!isEstablished()) {
      throw new RefusedLogin("The client seals before it has logged in", null);
    }
    byte[] token = RotatedToken.joined(header, data);
    MessageProp properties = new MessageProp(true);
    try {
      byte[] message = context.unwrap(token, 0, token.length, properties);
      return checked(message, data.length, properties);
    } catch (GSSException | RuntimeException e) {
      throw new RefusedLogin("The client's message cannot be unsealed: " + e.getMessage(), e);
    }
  }

  private static byte[] checked(byte[] message, int length, MessageProp properties)
      throws RefusedLogin {
    if (!properties.getPrivacy()) {
      throw new RefusedLogin("The client's message is signed, and has to be sealed", null);
    }
    if (isOutOfOrder(properties)) {
      throw new RefusedLogin("The client's message was sent again, or one is missing", null);
    }
    if (message.length != length) {
      throw new RefusedLogin(
          "The client has split its message wrongly: %d bytes of text, and %d of data"
              .formatted(message.length, length),
          null);
    }
    return message;
  }

  private static boolean isOutOfOrder(MessageProp properties) {
    return properties.isDuplicateToken()
        || properties.isOldToken()
        || properties.isUnseqToken()
        || properties.isGapToken();
  }

  @Override
  public SealedMessage seal(byte[] message) {
    try {
      byte[] token = established().wrap(message, 0, message.length, new MessageProp(0, true));
      return RotatedToken.split(token, message.length);
    } catch (GSSException e) {
      throw new IllegalStateException("The host's message cannot be sealed", e);
    }
  }

  @Override
  public boolean canSign() {
    return isEstablished() && context.getIntegState();
  }

  @Override
  public byte[] sign(byte[] message) throws RefusedLogin {
    try {
      return established().getMIC(message, 0, message.length, new MessageProp(0, false));
    } catch (GSSException e) {
      throw new RefusedLogin("The host cannot sign for this client: " + e.getMessage(), e);
    }
  }

  @Override
  public void verify(byte[] message, byte[] signature) throws RefusedLogin {
    try {
      MessageProp properties = new MessageProp(false);
      established()
          .verifyMIC(signature, 0, signature.length, message, 0, message.length, properties);
    } catch (GSSException | RuntimeException e) {
      throw new RefusedLogin("The client's signature does not fit: " + e.getMessage(), e);
    }
  }

  /** Each message has its own key stream. */
  @Override
  public void rewind() {}

  private GSSContext established() {
    if (!isEstablished()) {
      throw new IllegalStateException("Nobody has logged in yet");
    }
    return context;
  }

  @Override
  public void close() {
    refused = true;
    if (context != null) {
      dispose();
    }
  }

  private void dispose() {
    try {
      context.dispose();
    } catch (GSSException e) {
      throw new IllegalStateException("The login cannot be ended", e);
    }
  }
}
