package io.psconnect.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** One element of DER, as much of it as SPNEGO needs: tags of one byte, definite lengths. */
record Der(int tag, byte[] body) {
  static final int OCTETS = 0x04;
  static final int OID = 0x06;
  static final int ENUMERATED = 0x0a;
  static final int SEQUENCE = 0x30;
  static final int APPLICATION_0 = 0x60;

  /** The tag of a field of a SEQUENCE that has a number. */
  static int field(int number) {
    return 0xa0 | number;
  }

  static Der of(int tag, Der... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Der part : parts) {
      body.writeBytes(part.bytes());
    }
    return new Der(tag, body.toByteArray());
  }

  static Der oid(String hex) {
    return new Der(OID, HexFormat.of().parseHex(hex));
  }

  /** The next element; nothing is read beyond it. */
  static Der next(ByteBuffer bytes) throws RefusedLogin {
    if (bytes.remaining() < 2) {
      throw new RefusedLogin("The client's token ends within an element of ASN.1", null);
    }
    int tag = Byte.toUnsignedInt(bytes.get());
    long length = length(bytes);
    if (length > bytes.remaining()) {
      throw new RefusedLogin(
          "An element of the client's token claims %d bytes of %d that are left"
              .formatted(length, bytes.remaining()),
          null);
    }
    byte[] body = new byte[(int) length];
    bytes.get(body);
    return new Der(tag, body);
  }

  private static long length(ByteBuffer bytes) throws RefusedLogin {
    int first = Byte.toUnsignedInt(bytes.get());
    if (first < 0x80) {
      return first;
    }
    int count = first & 0x7f;
    if (count == 0 || count > 4 || count > bytes.remaining()) {
      throw new RefusedLogin(
          "The client's token has an element with a length of %d bytes".formatted(count), null);
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | Byte.toUnsignedInt(bytes.get());
    }
    return length;
  }

  Der expect(int expected) throws RefusedLogin {
    if (tag != expected) {
      throw new RefusedLogin(
          "Expected the tag %02x in the client's token; got %02x".formatted(expected, tag), null);
    }
    return this;
  }

  /** The one element within. */
  Der inner() throws RefusedLogin {
    return next(ByteBuffer.wrap(body));
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(body);
  }

  String hex() {
    return HexFormat.of().formatHex(body);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (body.length < 0x80) {
      out.write(body.length);
    } else {
      byte[] length = BigInteger.valueOf(body.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(body);
    return out.toByteArray();
  }
}
