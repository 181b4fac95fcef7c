package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/** What a client answers to the challenge (MS-NLMP 2.2.1.3), read and checked. */
final class NtlmAnswer {
  private static final int FIXED = 64;
  private static final int MIC = 72;
  private static final int PROOF = 16;
  private static final int ATTRIBUTES = PROOF + 28;
  private static final int MIC_PROVIDED = 2;

  private final NtlmMessage message;
  private final NtlmFlags flags;
  private final byte[] response;
  private final AvPairs attributes;

  private NtlmAnswer(NtlmMessage message) throws RefusedLogin {
    this.message = message;
    this.flags = new NtlmFlags(message.number(60)).settled();
    this.response = responseOf(message);
    this.attributes =
        AvPairs.read(ByteBuffer.wrap(response, ATTRIBUTES, response.length - ATTRIBUTES).slice());
  }

  static NtlmAnswer read(byte[] token) throws RefusedLogin {
    return new NtlmAnswer(NtlmMessage.read(token, NtlmMessage.AUTHENTICATE, FIXED));
  }

  /** The NTLMv2_RESPONSE (MS-NLMP 2.2.2.8). */
  private static byte[] responseOf(NtlmMessage message) throws RefusedLogin {
    byte[] response = message.field(20);
    if (response.length == 0) {
      throw new RefusedLogin("The client wants to log in as nobody (anonymous)", null);
    }
    if (response.length < ATTRIBUTES || response[PROOF] != 1 || response[PROOF + 1] != 1) {
      throw new RefusedLogin(
          "The client's answer of %d bytes is no NTLMv2 response; NTLMv1 is not accepted"
              .formatted(response.length),
          null);
    }
    return response;
  }

  NtlmFlags flags() {
    return flags;
  }

  String domain() throws RefusedLogin {
    return message.text(28);
  }

  String user() throws RefusedLogin {
    return message.text(36);
  }

  /** The session base key, if the answer was made with the password (MS-NLMP 3.3.2). */
  byte[] sessionBaseKey(byte[] ntHash, byte[] nonce) throws RefusedLogin {
    byte[] key = NtlmCrypto.ntowfV2(ntHash, user(), domain());
    byte[] rest = Arrays.copyOfRange(response, PROOF, response.length);
    byte[] proof = NtlmCrypto.hmacMd5(key, nonce, rest);
    if (!MessageDigest.isEqual(proof, Arrays.copyOf(response, PROOF))) {
      throw new RefusedLogin("The password of " + user() + " is wrong", null);
    }
    return NtlmCrypto.hmacMd5(key, proof);
  }

  /** The exported session key; for NTLMv2 the key exchange key is the base key (3.4.5.1). */
  byte[] sessionKey(byte[] baseKey) throws RefusedLogin {
    if (!flags.has(NtlmFlags.KEY_EXCHANGE)) {
      return baseKey;
    }
    byte[] exchanged = message.field(52);
    if (exchanged.length != baseKey.length) {
      throw new RefusedLogin(
          "The client exchanges a session key of %d bytes; it has to have 16"
              .formatted(exchanged.length),
          null);
    }
    return NtlmCrypto.through(NtlmCrypto.rc4(baseKey), exchanged);
  }

  boolean hasMic() {
    return (attributes.number(AvPairs.FLAGS) & MIC_PROVIDED) != 0;
  }

  /** The MIC over all three messages, this one's own field being zero (MS-NLMP 3.1.5.1.2). */
  void checkMic(byte[] sessionKey, byte[] negotiate, byte[] challenge) throws RefusedLogin {
    byte[] authenticate = message.bytes();
    if (authenticate.length < MIC + 16) {
      throw new RefusedLogin("The client says it sends a MIC, and the message has no room", null);
    }
    Arrays.fill(authenticate, MIC, MIC + 16, (byte) 0);
    byte[] mic = NtlmCrypto.hmacMd5(sessionKey, negotiate, challenge, authenticate);
    if (!MessageDigest.isEqual(mic, message.range(MIC, MIC + 16))) {
      throw new RefusedLogin(
          "The MIC does not fit: one of the three messages was changed on the way", null);
    }
  }

  /** The hash of the channel that the client is bound to; empty if it is bound to none. */
  byte[] channelBinding() {
    byte[] hash = attributes.get(AvPairs.CHANNEL_BINDINGS).orElse(new byte[0]);
    return Arrays.equals(hash, new byte[hash.length]) ? new byte[0] : hash;
  }
}
