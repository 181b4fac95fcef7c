package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;

/** The frame of a mechanism's first token (RFC 2743 3.1): [APPLICATION 0], its OID, what it has. */
final class InitialToken {
  private InitialToken() {}

  static boolean isOf(byte[] token, String oid) {
    try {
      ByteBuffer content = content(token);
      return Der.next(content).expect(Der.OID).hex().equals(oid);
    } catch (RefusedLogin e) {
      return false;
    }
  }

  /** What stands behind the OID. */
  static ByteBuffer afterOid(byte[] token) throws RefusedLogin {
    ByteBuffer content = content(token);
    Der.next(content).expect(Der.OID);
    return content;
  }

  private static ByteBuffer content(byte[] token) throws RefusedLogin {
    return Der.next(ByteBuffer.wrap(token)).expect(Der.APPLICATION_0).content();
  }
}
