package io.psconnect.ssh.internal.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Requests to an SFTP server, version 3 of the protocol (draft-ietf-secsh-filexfer-02). */
final class SftpRequest {
  private static final int INIT = 1;
  private static final int OPEN = 3;
  private static final int CLOSE = 4;
  private static final int WRITE = 6;
  private static final int REMOVE = 13;
  private static final int EXTENDED = 200;

  private static final int PROTOCOL_VERSION = 3;
  private static final int FOR_WRITING = 2;
  private static final int NEW_FOR_WRITING = FOR_WRITING | 8 | 32;
  private static final int NO_ATTRIBUTES = 0;

  /** Length of the packet, type, id. */
  private static final int HEADER = 9;

  private SftpRequest() {}

  /** The first packet, the only one without an id. */
  static ByteBuffer init() {
    return ByteBuffer.allocate(HEADER).putInt(5).put((byte) INIT).putInt(PROTOCOL_VERSION).flip();
  }

  /** Opens a file that must be there. */
  static ByteBuffer open(int id, String path) {
    return open(id, path, FOR_WRITING);
  }

  /** Makes a file that must not be there, and opens it. */
  static ByteBuffer create(int id, String path) {
    return open(id, path, NEW_FOR_WRITING);
  }

  private static ByteBuffer open(int id, String path, int flags) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    return string(start(OPEN, id, string(name) + 2 * Integer.BYTES), name)
        .putInt(flags)
        .putInt(NO_ATTRIBUTES)
        .flip();
  }

  static ByteBuffer remove(int id, String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    return string(start(REMOVE, id, string(name)), name).flip();
  }

  static ByteBuffer close(int id, byte[] handle) {
    return string(start(CLOSE, id, string(handle)), handle).flip();
  }

  static ByteBuffer extended(int id, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    return string(start(EXTENDED, id, string(bytes)), bytes).flip();
  }

  /** How much of a write request is not the file's. */
  static int writeOverhead(byte[] handle) {
    return HEADER + string(handle) + Long.BYTES + Integer.BYTES;
  }

  /**
   * Completes a write request.
   *
   * @param request its first {@link #writeOverhead} bytes are still free, behind them stand bytes
   *     of the file up to its limit
   */
  static ByteBuffer write(int id, byte[] handle, long position, ByteBuffer request) {
    int count = request.limit() - writeOverhead(handle);
    request.rewind().putInt(request.limit() - Integer.BYTES).put((byte) WRITE).putInt(id);
    return string(request, handle).putLong(position).putInt(count).rewind();
  }

  private static ByteBuffer start(int type, int id, int bodyLength) {
    ByteBuffer request = ByteBuffer.allocate(HEADER + bodyLength);
    return request.putInt(request.capacity() - Integer.BYTES).put((byte) type).putInt(id);
  }

  private static int string(byte[] bytes) {
    return Integer.BYTES + bytes.length;
  }

  private static ByteBuffer string(ByteBuffer request, byte[] bytes) {
    return request.putInt(bytes.length).put(bytes);
  }
}
