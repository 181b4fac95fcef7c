package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the host says about itself, as pairs of an id and a value (MS-NLMP 2.2.2.1). */
final class TargetInfo {
  static final int END = 0;
  static final int FLAGS = 6;
  static final int TIMESTAMP = 7;
  static final int TARGET_NAME = 9;
  static final int CHANNEL_BINDINGS = 10;

  /** Leaves room for our own pairs: the response is counted in 16 bits. */
  static final int MAX_SIZE = 32 * 1024;

  private static final int HEAD = 4;

  private final Map<Integer, byte[]> pairs = new LinkedHashMap<>();

  /** Without pairs. */
  TargetInfo() {}

  /** A copy. */
  TargetInfo(TargetInfo original) {
    pairs.putAll(original.pairs);
  }

  static TargetInfo parse(byte[] bytes) throws LoginException {
    if (bytes.length > MAX_SIZE) {
      throw malformed("has %d bytes of target information".formatted(bytes.length));
    }
    TargetInfo info = new TargetInfo();
    ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (info.readPair(input)) {
      // The pair is kept.
    }
    return info;
  }

  private boolean readPair(ByteBuffer input) throws LoginException {
    if (input.remaining() < HEAD) {
      throw malformed("has target information without an end");
    }
    int id = Short.toUnsignedInt(input.getShort());
    int length = Short.toUnsignedInt(input.getShort());
    if (length > input.remaining()) {
      throw malformed("has target information that is cut off");
    }
    byte[] value = new byte[length];
    input.get(value);
    return id != END && keep(id, value);
  }

  private boolean keep(int id, byte[] value) throws LoginException {
    requireLength(id, value, TIMESTAMP, Long.BYTES);
    requireLength(id, value, FLAGS, Integer.BYTES);
    if (pairs.putIfAbsent(id, value) != null) {
      throw malformed("gives target information %d twice".formatted(id));
    }
    return true;
  }

  private static void requireLength(int id, byte[] value, int fixedId, int length)
      throws LoginException {
    if (id == fixedId && value.length != length) {
      throw malformed(
          "gives target information %d in %d bytes, not %d".formatted(id, value.length, length));
    }
  }

  private static LoginException malformed(String what) {
    return ChallengeMessage.malformed(what);
  }

  Optional<byte[]> get(int id) {
    return Optional.ofNullable(pairs.get(id)).map(byte[]::clone);
  }

  void put(int id, byte[] value) {
    pairs.put(id, value.clone());
  }

  void remove(int id) {
    pairs.remove(id);
  }

  /** Sets bits of the flags, and leaves the host's own. */
  void addFlags(int bits) {
    byte[] value = get(FLAGS).orElseGet(() -> new byte[Integer.BYTES]);
    ByteBuffer flags = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    flags.putInt(0, flags.getInt(0) | bits);
    put(FLAGS, value);
  }

  byte[] bytes() {
    int size = pairs.values().stream().mapToInt(value -> HEAD + value.length).sum() + HEAD;
    ByteBuffer output = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    pairs.forEach(
        (id, value) -> output.putShort(id.shortValue()).putShort((short) value.length).put(value));
    return output.array();
  }
}
