package io.psconnect.ssh.internal.sftp;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
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
    require(STATUS);
    if (body.getInt(body.position()) != OK) {
      throw refusal();
    }
  }

  byte[] handle() throws IOException {
    require(HANDLE);
    return bytes(body.duplicate());
  }

  /** The extensions that the server knows, each with its version or other data. */
  Map<String, String> extensions() throws IOException {
    require(VERSION);
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
    require(EXTENDED_REPLY);
    return body.getLong(body.position() + 2 * Long.BYTES);
  }

  private void require(int expected) throws IOException {
    if (type == STATUS && expected != STATUS) {
      throw refusal();
    }
    if (type != expected) {
      throw new StreamCorruptedException(
          "the SFTP server sent a packet of type %d instead of %d".formatted(type, expected));
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
    try {
      byte[] bytes = new byte[Math.min(from.getInt(), from.remaining())];
      from.get(bytes);
      return bytes;
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new StreamCorruptedException("the SFTP server sent a packet that ends too early");
    }
  }
}
