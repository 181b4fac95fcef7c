package io.psconnect.testkit;

import io.psconnect.FileCopy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a fake was given to copy, with its content as it was then: the code under test may
 * have removed the file since.
 */
public final class RecordedCopy implements RecordedCall {
  /** The most bytes of a file that are kept: 16 MiB. */
  public static final int CONTENT_LIMIT = 16 << 20;

  private final FileCopy copy;
  private final long size;
  private final byte[] content;

  private RecordedCopy(FileCopy copy, long size, byte[] content) {
    this.copy = copy;
    this.size = size;
    this.content = content;
  }

  static RecordedCopy of(FileCopy copy) throws IOException {
    try (InputStream file = Files.newInputStream(copy.source())) {
      byte[] content = file.readNBytes(CONTENT_LIMIT);
      long rest = file.transferTo(OutputStream.nullOutputStream());
      return new RecordedCopy(copy, content.length + rest, rest == 0 ? content : new byte[0]);
    }
  }

  /**
   * The copy that was asked for.
   *
   * @return as it was given
   */
  public FileCopy copy() {
    return copy;
  }

  /**
   * The file on this machine.
   *
   * @return its path; there may be nothing there any more
   */
  public Path source() {
    return copy.source();
  }

  /**
   * The path on the host.
   *
   * @return as it was given
   */
  public String target() {
    return copy.target();
  }

  /**
   * The file's size.
   *
   * @return bytes
   */
  public long size() {
    return size;
  }

  /**
   * The file's content.
   *
   * @return a copy
   * @throws IllegalStateException if the file has more than {@value #CONTENT_LIMIT} bytes
   */
  public byte[] content() {
    if (size > CONTENT_LIMIT) {
      throw new IllegalStateException(
          "the content of %s was not kept: it has %d bytes, and at most %d are kept"
              .formatted(source(), size, CONTENT_LIMIT));
    }
    return content.clone();
  }

  /**
   * The file's content as text.
   *
   * @return read as UTF-8; other bytes become U+FFFD
   * @throws IllegalStateException if the file has more than {@value #CONTENT_LIMIT} bytes
   */
  public String text() {
    return new String(content(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "RecordedCopy[%s to %s, %d bytes]".formatted(source(), target(), size);
  }
}
