package io.psconnect.ssh.internal.sftp;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A packet from an SFTP server, version 3 of the protocol (draft-ietf-secsh-filexfer-02).
 *
 * @param type what it is, {@code SSH_FXP_...}
 * @param body what follows, after the id in packets that have one
 */
record SftpAnswer(int type, ByteBuffer body) {
  static final int VERSION = 2;
  static final int STATUS = 101;
  static final int HANDLE = 102;
  static final int EXTENDED_REPLY = 201;

  private static final int OK = 0;

  /** Fails unless the request was carried out. */
  void requireOk() throws IOException {
    require(STATUS, Integer.BYTES);
    if (body.getInt(body.position()) != OK) {
      throw refusal();
    }
  }

  byte[] handle() throws IOException {
    require(HANDLE, 0);
    return bytes(body.duplicate());
  }

  /** The extensions that the server knows, each with its version or other data. */
  Map<String, String> extensions() throws IOException {
    require(VERSION, Integer.BYTES);
    ByteBuffer rest = body.duplicate();
    rest.getInt();
    Map<String, String> extensions = new HashMap<>();
    while (rest.hasRemaining()) {
      extensions.put(text(rest), text(rest));
    }
    return extensions;
  }

  /** The most bytes in a write, from the answer to {@code limits@openssh.com}; 0 for no limit. */
  long mostInWrite() throws IOException {
    require(EXTENDED_REPLY, 4 * Long.BYTES);
    return body.getLong(body.position() + 2 * Long.BYTES);
  }

  private void require(int expected, int length) throws IOException {
    if (type == STATUS && expected != STATUS) {
      requireLength(Integer.BYTES);
      throw refusal();
    }
    if (type != expected) {
      throw new StreamCorruptedException(
          "the SFTP server sent a packet of type %d instead of %d".formatted(type, expected));
    }
    requireLength(length);
  }

  private void requireLength(int length) throws IOException {
    if (body.remaining() < length) {
      throw endsTooEarly();
    }
  }

  private SftpStatusException refusal() throws IOException {
    ByteBuffer status = body.duplicate();
    int code = status.getInt();
    return new SftpStatusException(code, status.hasRemaining() ? text(status) : "");
  }

  private static String text(ByteBuffer from) throws IOException {
    return new String(bytes(from), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer from) throws IOException {
    if (from.remaining() < Integer.BYTES || !hasBytes(from)) {
      throw endsTooEarly();
    }
    byte[] bytes = new byte[from.getInt()];
    from.get(bytes);
    return bytes;
  }

  private static boolean hasBytes(ByteBuffer from) {
    int length = from.getInt(from.position());
    return length >= 0 && length <= from.remaining() - Integer.BYTES;
  }

  private static IOException endsTooEarly() {
    return new StreamCorruptedException("the SFTP server sent a packet that ends too early");
  }
}
