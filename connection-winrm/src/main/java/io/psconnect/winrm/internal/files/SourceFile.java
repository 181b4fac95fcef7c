package io.psconnect.winrm.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.locks.ReentrantLock;

/** The file that is copied, read once from its beginning to its end, by whoever asks next. */
final class SourceFile implements AutoCloseable {
  private final Path path;
  private final long size;
  private final InputStream in;
  private final MessageDigest digest = sha256();
  private final ReentrantLock lock = new ReentrantLock();
  private long position;

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

  /** How much has been read; all of it, when all readers are done. */
  long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads the next block.
   *
   * @param offset where the block begins
   * @param length how many bytes of the buffer it fills; zero at the end
   */
  record Block(long offset, int length) {}

  Block read(byte[] buffer) throws UnreadableException {
    lock.lock();
    try {
      int length = in.readNBytes(buffer, 0, buffer.length);
      digest.update(buffer, 0, length);
      Block block = new Block(position, length);
      position += length;
      return block;
    } catch (IOException e) {
      throw new UnreadableException(path, e);
    } finally {
      lock.unlock();
    }
  }

  /** Of all that was read; asked for once. */
  byte[] sha256Digest() {
    return digest.digest();
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
