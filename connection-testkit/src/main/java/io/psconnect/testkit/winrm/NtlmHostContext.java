package io.psconnect.testkit.winrm;

import java.util.Arrays;

/** The host's side of one login by NTLM (MS-NLMP 3.2.5). */
final class NtlmHostContext implements MechanismContext {
  private static final int SHORTEST_NEGOTIATE = 16;

  private final NtlmHostLogin login;
  private final ChannelBinding channelBinding;
  private byte[] negotiate;
  private NtlmChallenge challenge;
  private boolean refused;
  private String user;
  private boolean bound;
  private NtlmFlags flags;
  private NtlmStream fromClient;
  private NtlmStream fromHost;

  NtlmHostContext(NtlmHostLogin login, ChannelBinding channelBinding) {
    this.login = login;
    this.channelBinding = channelBinding;
  }

  @Override
  public byte[] accept(byte[] token) throws RefusedLogin {
    if (refused || isEstablished()) {
      throw new RefusedLogin("This login is over; a new one needs a new connection", null);
    }
    refused = true;
    byte[] answer = challenge == null ? challenge(token) : authenticate(token);
    refused = false;
    return answer;
  }

  private byte[] challenge(byte[] token) throws RefusedLogin {
    NtlmMessage message = NtlmMessage.read(token, NtlmMessage.NEGOTIATE, SHORTEST_NEGOTIATE);
    negotiate = message.bytes();
    challenge = NtlmChallenge.to(new NtlmFlags(message.number(12)));
    return challenge.bytes().clone();
  }

  private byte[] authenticate(byte[] token) throws RefusedLogin {
    NtlmAnswer answer = NtlmAnswer.read(token);
    byte[] baseKey = answer.sessionBaseKey(hashOf(answer), challenge.nonce());
    byte[] key = answer.sessionKey(baseKey);
    checkMic(answer, key);
    bound = channelBinding.check(answer.channelBinding());
    flags = answer.flags();
    begin(key);
    user = answer.domain() + "\\" + answer.user();
    Arrays.fill(baseKey, (byte) 0);
    return new byte[0];
  }

  private void begin(byte[] key) {
    boolean keyExchange = flags.has(NtlmFlags.KEY_EXCHANGE);
    fromClient = NtlmStream.fromClient(key, keyExchange);
    fromHost = NtlmStream.fromHost(key, keyExchange);
    Arrays.fill(key, (byte) 0);
  }

  private byte[] hashOf(NtlmAnswer answer) throws RefusedLogin {
    String domain = answer.domain();
    String name = answer.user();
    return login
        .users()
        .hash(domain, name)
        .orElseThrow(
            () -> new RefusedLogin("There is no user %s\\%s".formatted(domain, name), null));
  }

  /** The host offers a timestamp, and so a client has to send a MIC (MS-NLMP 3.1.5.1.2). */
  private void checkMic(NtlmAnswer answer, byte[] key) throws RefusedLogin {
    if (answer.hasMic()) {
      answer.checkMic(key, negotiate, challenge.bytes());
    } else if (!login.allowsNoMic()) {
      throw new RefusedLogin(
          "The client sends no MIC, which it has to as the challenge has a timestamp", null);
    }
  }

  @Override
  public boolean isEstablished() {
    return user != null;
  }

  @Override
  public String user() {
    requireEstablished();
    return user;
  }

  @Override
  public boolean isBound() {
    return bound;
  }

  @Override
  public byte[] unseal(byte[] header, byte[] data) throws RefusedLogin {
    if (!isEstablished() || !flags.has(NtlmFlags.SEAL)) {
      throw new RefusedLogin("The client has not agreed with the host on sealing", null);
    }
    return fromClient.unseal(header, data);
  }

  @Override
  public SealedMessage seal(byte[] message) {
    requireEstablished();
    if (!flags.has(NtlmFlags.SEAL)) {
      throw new IllegalStateException("The client has not agreed with the host on sealing");
    }
    return fromHost.seal(message);
  }

  @Override
  public boolean canSign() {
    return isEstablished() && flags.has(NtlmFlags.SIGN);
  }

  @Override
  public byte[] sign(byte[] message) {
    requireEstablished();
    return fromHost.sign(message);
  }

  @Override
  public void verify(byte[] message, byte[] signature) throws RefusedLogin {
    requireEstablished();
    fromClient.verify(message, signature);
  }

  @Override
  public void rewind() {
    fromClient.rewind();
    fromHost.rewind();
  }

  private void requireEstablished() {
    if (!isEstablished()) {
      throw new IllegalStateException("Nobody has logged in yet");
    }
  }

  @Override
  public void close() {
    refused = true;
    if (fromHost != null) {
      fromHost.wipe();
      fromClient.wipe();
    }
  }
}
