package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import java.util.Arrays;

/**
 * Between GSS-API's wrap token (RFC 4121, 4.2.6.2), which is one piece, and the two pieces of
 * MS-WSMV 2.2.9.1, of which the second is as long as the plain text.
 *
 * <p>JGSS writes {@code header(16) | E(confounder(16) | data | copy of header(16)) | HMAC} with a
 * right rotation count (RRC) of 0. Windows wants all but the data to the front: what follows the
 * header is rotated right by the length of the encrypted copy and the HMAC, which RRC then says (28
 * for aes-sha1). The checksum covers a header whose RRC is 0, so that it may be written afterwards.
 */
final class WrapToken {
  static final int HEADER = 16;
  private static final int CONFOUNDER = 16;
  static final int RRC = 6;

  /** More than any that is known: 12 of SHA-1, 16 and 24 of SHA-2 (RFC 3962, RFC 8009). */
  private static final int LARGEST_HMAC = 32;

  private WrapToken() {}

  static Sealed split(byte[] token, int plainLength) throws LoginException {
    if (token.length < HEADER || token[0] != 5 || token[1] != 4) {
      throw oldCipher();
    }
    int front = token.length - plainLength;
    int rotation = front - HEADER - CONFOUNDER;
    if (rotation <= HEADER || rotation > HEADER + LARGEST_HMAC || rotation(token) != 0) {
      throw new LoginException(
          "Kerberos: this JDK's wrap token is not laid out as RFC 4121 says (%d bytes for %d)"
              .formatted(token.length, plainLength),
          null);
    }
    return rotated(token, rotation, front);
  }

  private static Sealed rotated(byte[] token, int rotation, int front) {
    byte[] header = Arrays.copyOf(token, front);
    int tail = token.length - rotation;
    System.arraycopy(token, tail, header, HEADER, rotation);
    System.arraycopy(token, HEADER, header, HEADER + rotation, CONFOUNDER);
    header[RRC + 1] = (byte) rotation;
    return new Sealed(header, Arrays.copyOfRange(token, HEADER + CONFOUNDER, tail));
  }

  /** The token again; whoever unwraps it heeds RRC. */
  static byte[] join(Sealed sealed) {
    byte[] header = sealed.header();
    byte[] token = Arrays.copyOf(header, Math.addExact(header.length, sealed.data().length));
    System.arraycopy(sealed.data(), 0, token, header.length, sealed.data().length);
    return token;
  }

  /** The right rotation count of a token. */
  static int rotation(byte[] token) {
    return Byte.toUnsignedInt(token[RRC]) << Byte.SIZE | Byte.toUnsignedInt(token[RRC + 1]);
  }

  static LoginException oldCipher() {
    return new LoginException(
        "Kerberos: the ticket's session key is for an old cipher (RC4 or DES), by which messages"
            + " cannot be sealed; allow AES for the host's account, or connect by HTTPS",
        null);
  }
}
