package io.psconnect.ssh.internal.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The file that is copied, read once from its beginning to its end. */
final class SourceFile implements AutoCloseable {
  private final Path path;
  private final long size;
  private final InputStream in;
  private final MessageDigest digest = sha256();

  SourceFile(Path path) throws UnreadableException {
    this.path = path;
    try {
      size = Files.size(path);
      in = Files.newInputStream(path);
    } catch (IOException e) {
      throw new UnreadableException(path, e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Its size at the start, in bytes. */
  long size() {
    return size;
  }

  /**
   * Reads as much as there is room for.
   *
   * @return false at the end
   */
  boolean read(ByteBuffer room) throws UnreadableException {
    try {
      int count = in.readNBytes(room.array(), room.position(), room.remaining());
      digest.update(room.array(), room.position(), count);
      room.position(room.position() + count);
      return count > 0;
    } catch (IOException e) {
      throw new UnreadableException(path, e);
    }
  }

  /** Of what has been read, in hexadecimal; asked for once. */
  String sha256Hex() {
    return HexFormat.of().withUpperCase().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The fault is on this side. */
  static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableException(Path path, IOException cause) {
      super("source %s could not be read: %s".formatted(path, cause.getMessage()), cause);
    }
  }
}
