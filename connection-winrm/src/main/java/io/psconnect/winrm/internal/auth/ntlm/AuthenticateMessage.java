package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The last message (MS-NLMP 2.2.1.3), with room for a message integrity code. The computer's name
 * is left empty: no host needs it.
 *
 * @param flags what both sides agreed on
 * @param domain of the user; may be empty
 * @param user their name
 * @param response the answer to the host's challenge
 * @param encryptedSessionKey the exported session key, by RC4 under the key exchange key
 */
record AuthenticateMessage(
    int flags, String domain, String user, ChallengeResponse response, byte[] encryptedSessionKey) {
  private static final int TYPE = 3;
  private static final int MIC_AT = 72;
  private static final int MIC_SIZE = 16;
  private static final int PAYLOAD_AT = MIC_AT + MIC_SIZE;
  private static final int MAX_FIELD = 0xFFFF;

  /** The message, sealed by the integrity code of the whole dialogue (MS-NLMP 3.1.5.1.2). */
  byte[] bytes(byte[] sessionKey, byte[] negotiate, byte[] challenge) throws LoginException {
    byte[] message = withoutCode();
    byte[] code = Algorithms.hmacMd5(sessionKey, negotiate, challenge, message);
    System.arraycopy(code, 0, message, MIC_AT, MIC_SIZE);
    return message;
  }

  private byte[] withoutCode() throws LoginException {
    List<byte[]> fields = fields();
    int size = PAYLOAD_AT + fields.stream().mapToInt(field -> field.length).sum();
    ByteBuffer message = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    message.put(NegotiateMessage.signature()).putInt(TYPE);
    int offset = PAYLOAD_AT;
    for (byte[] field : fields) {
      message.putShort((short) field.length).putShort((short) field.length).putInt(offset);
      message.put(offset, field);
      offset += field.length;
    }
    message.putInt(flags).putLong(Flag.VERSION.isIn(flags) ? NegotiateMessage.VERSION : 0);
    return message.array();
  }

  private List<byte[]> fields() throws LoginException {
    byte[] workstation = {};
    List<byte[]> fields =
        List.of(
            response.lm(),
            response.nt(),
            NtHash.utf16(domain.toCharArray()),
            NtHash.utf16(user.toCharArray()),
            workstation,
            encryptedSessionKey);
    if (fields.stream().anyMatch(field -> field.length > MAX_FIELD)) {
      throw new LoginException(
          "The user's name, the domain or the target's name is too long for NTLM: shorten it",
          null);
    }
    return fields;
  }
}
