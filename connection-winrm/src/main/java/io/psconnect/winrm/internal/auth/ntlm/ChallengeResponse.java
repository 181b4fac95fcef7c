package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The answer of NTLMv2 to the host's nonce (MS-NLMP 3.3.2).
 *
 * @param lm the LMv2 response
 * @param nt the NTLMv2 response: the proof, and what it was made of
 * @param sessionBaseKey the key that only client and host know now
 */
record ChallengeResponse(byte[] lm, byte[] nt, byte[] sessionBaseKey) {
  private static final int LM_SIZE = 24;
  private static final int FIXED_SIZE = 32;

  /**
   * Answers.
   *
   * @param responseKey NTOWFv2
   * @param hostNonce the host's challenge
   * @param ownNonce 8 random bytes
   * @param time of the host, or ours, as a FILETIME of 8 bytes
   * @param info the host's target information with what we add to it
   */
  static ChallengeResponse of(
      byte[] responseKey, byte[] hostNonce, byte[] ownNonce, byte[] time, TargetInfo info)
      throws LoginException {
    byte[] content = content(ownNonce, time, info.bytes());
    byte[] proof = Algorithms.hmacMd5(responseKey, hostNonce, content);
    byte[] sessionBaseKey = Algorithms.hmacMd5(responseKey, proof);
    // MS-NLMP 3.1.5.1.2: a host that gives the time is not given the weaker LMv2 response.
    byte[] lm =
        info.get(TargetInfo.TIMESTAMP).isPresent()
            ? new byte[LM_SIZE]
            : join(Algorithms.hmacMd5(responseKey, hostNonce, ownNonce), ownNonce);
    return new ChallengeResponse(lm, join(proof, content), sessionBaseKey);
  }

  /** NTLMv2_CLIENT_CHALLENGE (MS-NLMP 2.2.2.7). */
  private static byte[] content(byte[] ownNonce, byte[] time, byte[] info) {
    ByteBuffer content = ByteBuffer.allocate(FIXED_SIZE + info.length);
    content.order(ByteOrder.LITTLE_ENDIAN);
    content.put((byte) 1).put((byte) 1).putShort((short) 0).putInt(0);
    content.put(time).put(ownNonce).putInt(0).put(info).putInt(0);
    return content.array();
  }

  private static byte[] join(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }
}
