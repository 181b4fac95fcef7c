package io.psconnect.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The attributes that host and client tell each other (MS-NLMP 2.2.2.1). */
final class AvPairs {
  static final int NB_COMPUTER_NAME = 1;
  static final int NB_DOMAIN_NAME = 2;
  static final int DNS_COMPUTER_NAME = 3;
  static final int DNS_DOMAIN_NAME = 4;
  static final int FLAGS = 6;
  static final int TIMESTAMP = 7;
  static final int CHANNEL_BINDINGS = 10;

  private static final int END = 0;

  private final Map<Integer, byte[]> values = new LinkedHashMap<>();

  static AvPairs read(ByteBuffer bytes) throws RefusedLogin {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    AvPairs pairs = new AvPairs();
    int id = pairs.readOne(bytes);
    while (id != END) {
      id = pairs.readOne(bytes);
    }
    return pairs;
  }

  private int readOne(ByteBuffer bytes) throws RefusedLogin {
    if (bytes.remaining() < 4) {
      throw new RefusedLogin("The client's NTLM attributes have no end (MsvAvEOL)", null);
    }
    int id = Short.toUnsignedInt(bytes.getShort());
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > bytes.remaining() || values.containsKey(id)) {
      throw new RefusedLogin(
          "The client's NTLM attribute %d is longer than what is left, or there twice"
              .formatted(id),
          null);
    }
    byte[] value = new byte[length];
    bytes.get(value);
    if (id != END) {
      values.put(id, value);
    }
    return id;
  }

  AvPairs with(int id, String value) {
    return with(id, value.getBytes(StandardCharsets.UTF_16LE));
  }

  AvPairs with(int id, byte[] value) {
    values.put(id, value);
    return this;
  }

  Optional<byte[]> get(int id) {
    return Optional.ofNullable(values.get(id));
  }

  /** A number of four bytes; 0 if it is not there. */
  int number(int id) {
    return get(id)
        .filter(value -> value.length == Integer.BYTES)
        .map(value -> ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt())
        .orElse(0);
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    values.forEach(
        (id, value) -> {
          out.writeBytes(head(id, value.length));
          out.writeBytes(value);
        });
    out.writeBytes(head(END, 0));
    return out.toByteArray();
  }

  private static byte[] head(int id, int length) {
    return new byte[] {(byte) id, (byte) (id >> 8), (byte) length, (byte) (length >> 8)};
  }
}
