package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** One NTLM login, and the session that it opens. */
final class NtlmContext implements SecurityContext {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");
  private static final int NONCE_SIZE = 8;
  private static final int KEY_SIZE = 16;
  private static final int HAS_INTEGRITY_CODE = 2;

  private enum State {
    NEW,
    ASKED,
    ESTABLISHED,
    CLOSED
  }

  private final NtlmUser user;
  private final byte[] negotiate = NegotiateMessage.bytes();
  private State state = State.NEW;
  private Direction toHost;
  private Direction toClient;

  NtlmContext(NtlmUser user) {
    this.user = user;
  }

  @Override
  public String scheme() {
    return "Negotiate";
  }

  @Override
  public String sealedType() {
    return "application/HTTP-SPNEGO-session-encrypted";
  }

  @Override
  public byte[] next(byte[] token) throws LoginException {
    return orClose(
        () ->
            switch (state) {
              case NEW -> begin(token);
              case ASKED -> answer(token);
              case ESTABLISHED -> end(token);
              case CLOSED -> throw closed();
            });
  }

  private byte[] begin(byte[] token) throws LoginException {
    if (token.length > 0) {
      throw new LoginException("The host sent an NTLM token before the first of ours", null);
    }
    state = State.ASKED;
    return negotiate.clone();
  }

  private byte[] answer(byte[] token) throws LoginException {
    ChallengeMessage challenge = ChallengeMessage.parse(token);
    byte[] sessionKey = random(KEY_SIZE);
    try {
      byte[] message = message(challenge, sessionKey).bytes(sessionKey, negotiate, token);
      toHost = new Direction(sessionKey, Direction.TO_HOST);
      toClient = new Direction(sessionKey, Direction.TO_CLIENT);
      state = State.ESTABLISHED;
      return message;
    } finally {
      Arrays.fill(sessionKey, (byte) 0);
      user.close();
    }
  }

  private AuthenticateMessage message(ChallengeMessage challenge, byte[] sessionKey)
      throws LoginException {
    ChallengeResponse response = respond(challenge);
    byte[] encryptedKey = Algorithms.rc4(response.sessionBaseKey()).update(sessionKey);
    Arrays.fill(response.sessionBaseKey(), (byte) 0);
    int flags = challenge.flags() & (Flag.OFFERED | Flag.TARGET_INFO.bit());
    return new AuthenticateMessage(flags, user.domain(), user.name(), response, encryptedKey);
  }

  private ChallengeResponse respond(ChallengeMessage challenge) throws LoginException {
    TargetInfo info = new TargetInfo(challenge.info());
    info.addFlags(HAS_INTEGRITY_CODE);
    user.addTo(info);
    byte[] time = info.get(TargetInfo.TIMESTAMP).orElseGet(NtlmContext::now);
    return ChallengeResponse.of(
        user.responseKey(), challenge.nonce(), random(NONCE_SIZE), time, info);
  }

  private static byte[] now() {
    Duration since = Duration.between(FILETIME_EPOCH, Instant.now());
    long filetime = since.getSeconds() * 10_000_000 + since.getNano() / 100;
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(filetime).array();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** The host may say once more that it is content; it may not begin anew. */
  private static byte[] end(byte[] token) throws LoginException {
    byte[] signature = NegotiateMessage.signature();
    if (Arrays.equals(signature, Arrays.copyOf(token, signature.length))) {
      throw new LoginException(
          "The host asks for a second NTLM login on one connection: it has refused the first."
              + " Check the user's name, domain and password",
          null);
    }
    return new byte[0];
  }

  @Override
  public boolean isEstablished() {
    return state == State.ESTABLISHED;
  }

  @Override
  public Sealed seal(byte[] message) throws LoginException {
    requireEstablished();
    return toHost.seal(message);
  }

  @Override
  public byte[] unseal(Sealed sealed) throws LoginException {
    requireEstablished();
    return orClose(() -> toClient.unseal(sealed));
  }

  private void requireEstablished() throws LoginException {
    if (state == State.CLOSED) {
      throw closed();
    }
    if (state != State.ESTABLISHED) {
      throw new IllegalStateException("the NTLM login is not complete");
    }
  }

  private static LoginException closed() {
    return new LoginException("The NTLM session is closed: connect anew", null);
  }

  /** A step of the dialogue, after whose failure no other can be trusted. */
  private interface Step {
    byte[] take() throws LoginException;
  }

  private byte[] orClose(Step step) throws LoginException {
    try {
      return step.take();
    } catch (LoginException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    state = State.CLOSED;
    user.close();
    if (toHost != null) {
      toHost.close();
    }
    if (toClient != null) {
      toClient.close();
    }
  }
}
