package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host's answer to the first message (MS-NLMP 2.2.1.2).
 *
 * @param flags what the host agrees to
 * @param nonce the host's challenge, 8 bytes
 * @param info what it says about itself
 */
record ChallengeMessage(int flags, byte[] nonce, TargetInfo info) {
  private static final int TYPE = 2;
  private static final int TYPE_AT = 8;
  private static final int FLAGS_AT = 20;
  private static final int NONCE_AT = 24;
  private static final int NONCE_SIZE = 8;
  private static final int INFO_AT = 40;

  /** Up to and with the nonce: hosts without target information may end after it. */
  private static final int MIN_SIZE = NONCE_AT + NONCE_SIZE;

  /** Without one of these a session would be weaker than what we promise. */
  private static final List<Flag> NEEDED =
      List.of(
          Flag.UNICODE,
          Flag.EXTENDED_SESSION_SECURITY,
          Flag.BITS_128,
          Flag.KEY_EXCHANGE,
          Flag.SIGN,
          Flag.SEAL);

  static ChallengeMessage parse(byte[] token) throws LoginException {
    requireType(token);
    ByteBuffer message = ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN);
    int flags = message.getInt(FLAGS_AT);
    requireFlags(flags);
    byte[] nonce = Arrays.copyOfRange(token, NONCE_AT, NONCE_AT + NONCE_SIZE);
    boolean hasInfo = Flag.TARGET_INFO.isIn(flags);
    return new ChallengeMessage(flags, nonce, hasInfo ? info(message) : new TargetInfo());
  }

  private static void requireType(byte[] token) throws LoginException {
    byte[] signature = NegotiateMessage.signature();
    if (token.length < MIN_SIZE) {
      throw malformed("has %d bytes".formatted(token.length));
    }
    if (!Arrays.equals(signature, Arrays.copyOf(token, signature.length))) {
      throw malformed("does not begin with NTLMSSP");
    }
    int type = ByteBuffer.wrap(token).order(ByteOrder.LITTLE_ENDIAN).getInt(TYPE_AT);
    if (type != TYPE) {
      throw malformed("is an NTLM message of type %d".formatted(type));
    }
  }

  private static void requireFlags(int flags) throws LoginException {
    Stream<Flag> missing = NEEDED.stream().filter(flag -> !flag.isIn(flags));
    String words = missing.map(Flag::words).collect(Collectors.joining(", "));
    if (!words.isEmpty()) {
      throw new LoginException(
          ("The host's NTLM does without what a safe session needs: %s. Allow it in the host's"
                  + " policy 'Minimum session security for NTLM SSP', or log in by Kerberos")
              .formatted(words),
          null);
    }
  }

  private static TargetInfo info(ByteBuffer message) throws LoginException {
    if (message.capacity() < INFO_AT + Long.BYTES) {
      throw malformed("has no place for the target information that it announces");
    }
    int length = Short.toUnsignedInt(message.getShort(INFO_AT));
    long offset = Integer.toUnsignedLong(message.getInt(INFO_AT + Integer.BYTES));
    if (offset + length > message.capacity()) {
      throw malformed("has target information beyond its end");
    }
    byte[] info = new byte[length];
    message.get(Math.toIntExact(offset), info);
    return length == 0 ? new TargetInfo() : TargetInfo.parse(info);
  }

  static LoginException malformed(String what) {
    return new LoginException(
        ("Expected an NTLM challenge (MS-NLMP 2.2.1.2) from the host, but what came %s."
                + " Check that nothing between here and the host changes its HTTP headers")
            .formatted(what),
        null);
  }
}
