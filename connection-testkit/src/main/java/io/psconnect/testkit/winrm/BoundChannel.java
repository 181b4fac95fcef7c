package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads from a client's first token which channel it is bound to: from the checksum in the
 * authenticator (RFC 4121 4.1.1). The JDK tells this to nobody, and compares it with a hash of its
 * own kind alone, in which a lacking address has the type 255; Windows and MIT write 0.
 */
final class BoundChannel {
  private static final int AP_REQ = 0x6e;
  private static final int TICKET = 0x61;
  private static final int TICKET_USAGE = 2;
  private static final int AUTHENTICATOR_USAGE = 11;
  private static final int HASH = 16;

  private final ServiceKeys keys;

  BoundChannel(ServiceKeys keys) {
    this.keys = keys;
  }

  /** The hash; empty if the client is bound to none. */
  byte[] of(byte[] token) throws RefusedLogin {
    ByteBuffer framed = InitialToken.afterOid(token);
    if (framed.remaining() < 2) {
      throw new RefusedLogin("The client's Kerberos token has no AP-REQ", null);
    }
    framed.getShort(); // TOK_ID
    Map<Integer, Der> request = fields(Der.next(framed).expect(AP_REQ));
    Map<Integer, Der> ticket = fields(field(request, 3).expect(TICKET));
    byte[] sessionKey = sessionKey(field(ticket, 3));
    byte[] authenticator = opened(field(request, 4), sessionKey, AUTHENTICATOR_USAGE);
    Map<Integer, Der> checksum = fieldsOf(field(fields(parsed(authenticator)), 3));
    return hash(field(checksum, 1).expect(Der.OCTETS).body());
  }

  private byte[] sessionKey(Der encrypted) throws RefusedLogin {
    Map<Integer, Der> parts = fieldsOf(encrypted);
    byte[] serviceKey = keys.key(number(field(parts, 0)));
    Map<Integer, Der> ticket = fields(parsed(opened(encrypted, serviceKey, TICKET_USAGE)));
    return field(fieldsOf(field(ticket, 1)), 1).expect(Der.OCTETS).body();
  }

  private static byte[] opened(Der encrypted, byte[] key, int usage) throws RefusedLogin {
    Map<Integer, Der> parts = fieldsOf(encrypted);
    int type = number(field(parts, 0));
    if (type != 17 && type != 18) {
      throw new RefusedLogin(
          "Only with keys of AES and SHA-1 can the host read the channel; the type is " + type,
          null);
    }
    try {
      return new AesSha1(key).open(field(parts, 2).expect(Der.OCTETS).body(), usage);
    } catch (GeneralSecurityException e) {
      throw new RefusedLogin("The client's channel cannot be read", e);
    }
  }

  /** Length of the hash, the hash, flags. */
  private static byte[] hash(byte[] checksum) throws RefusedLogin {
    if (checksum.length < 4 + HASH) {
      throw new RefusedLogin("The client's authenticator has no checksum of RFC 4121", null);
    }
    byte[] hash = Arrays.copyOfRange(checksum, 4, 4 + HASH);
    return Arrays.equals(hash, new byte[HASH]) ? new byte[0] : hash;
  }

  private static Der parsed(byte[] text) throws RefusedLogin {
    return Der.next(ByteBuffer.wrap(text));
  }

  private static Map<Integer, Der> fields(Der application) throws RefusedLogin {
    return fieldsOf(application.inner());
  }

  private static Map<Integer, Der> fieldsOf(Der sequence) throws RefusedLogin {
    ByteBuffer content = sequence.expect(Der.SEQUENCE).content();
    Map<Integer, Der> fields = new HashMap<>();
    while (content.hasRemaining()) {
      Der field = Der.next(content);
      fields.put(field.tag(), field.inner());
    }
    return fields;
  }

  private static Der field(Map<Integer, Der> fields, int number) throws RefusedLogin {
    Der field = fields.get(Der.field(number));
    if (field == null) {
      throw new RefusedLogin("The client's Kerberos token lacks the field " + number, null);
    }
    return field;
  }

  private static int number(Der integer) {
    return integer.body().length == 1 ? integer.body()[0] : -1;
  }
}
