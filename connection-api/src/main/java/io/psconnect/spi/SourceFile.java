package io.psconnect.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The file that is copied, read once from its beginning to its end and digested on the way, for
 * transports that {@linkplain Transport#copyFile copy files} themselves. Several threads may read,
 * each the part that comes next.
 */
public final class SourceFile implements AutoCloseable {
  private final Path path;
  private final long size;
  private final InputStream in;
  private final MessageDigest digest = newSha256();
  private final ReentrantLock lock = new ReentrantLock();
  private long position;

  /**
   * Opens a file.
   *
   * @param path a file of this machine
   * @throws UnreadableException if it cannot be read
   */
  public SourceFile(Path path) throws UnreadableException {
    this.path = Objects.requireNonNull(path, "path");
    try {
      size = Files.size(path);
      in = Files.newInputStream(path);
    } catch (IOException e) {
      throw new UnreadableException(path, e);
    }
  }

  static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * How large a file is that may turn out to be unreadable, for who chooses a way for it.
   *
   * @param path the file
   * @return in bytes; zero if nobody can tell, as who opens it then will say why
   */
  public static long sizeOf(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Its size when it was opened.
   *
   * @return in bytes
   */
  public long size() {
    return size;
  }

  /**
   * How much has been read.
   *
   * @return in bytes; when all readers are done, how long the file turned out to be
   */
  public long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads as much as there is room for.
   *
   * @param room a buffer on the heap, not a full one; its position goes on by as much as was read
   * @return where in the file this part begins, or -1 at its end
   * @throws UnreadableException if the file cannot be read any further
   */
  public long read(ByteBuffer room) throws UnreadableException {
    lock.lock();
    try {
      int begin = room.arrayOffset() + room.position();
      int count = in.readNBytes(room.array(), begin, room.remaining());
      digest.update(room.array(), begin, count);
      room.position(room.position() + count);
      position += count;
      return count == 0 ? -1 : position - count;
    } catch (IOException e) {
      throw new UnreadableException(path, e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The SHA-256 of what has been read, asked for once, when all readers are done.
   *
   * @return 32 bytes
   */
  public byte[] sha256() {
    return digest.digest();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The fault is on this side, not the host's. */
  public static final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1;

    private UnreadableException(Path path, IOException cause) {
      super("source %s could not be read: %s".formatted(path, cause.getMessage()), cause);
    }
  }
}
