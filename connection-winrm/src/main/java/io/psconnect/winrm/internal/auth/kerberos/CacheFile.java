package io.psconnect.winrm.internal.auth.kerberos;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A credential cache in MIT's format, version 4, read for one thing that the JDK does not tell of a
 * ticket that it does not take: when it ended.
 *
 * @param user whose cache it is
 * @param end when the ticket that grants tickets ends, or ended
 */
record CacheFile(String user, Instant end) {
  private static final short VERSION_4 = 0x0504;
  private static final long MOST_BYTES = 1 << 20;
  private static final int TIMES_BEFORE_END = 2 * Integer.BYTES;
  private static final int AFTER_TIMES = 1 + Integer.BYTES; // in a session key's name, flags

  /** Empty if there is no such ticket in the file, or it is not such a file. */
  static Optional<CacheFile> read(Path file) {
    try {
      return Files.size(file) > MOST_BYTES
          ? Optional.empty()
          : read(ByteBuffer.wrap(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<CacheFile> read(ByteBuffer file) {
    try {
      return file.getShort() == VERSION_4 ? tickets(file) : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty(); // It ends too early, or a length is none.
    }
  }

  /** The last of them counts. */
  private static Optional<CacheFile> tickets(ByteBuffer file) {
    skip(file, Short.toUnsignedInt(file.getShort())); // the header
    String user = principal(file);
    Optional<CacheFile> found = Optional.empty();
    while (file.hasRemaining()) {
      principal(file); // the client
      boolean grants = principal(file).startsWith("krbtgt/");
      Instant end = end(file);
      if (grants) {
        found = Optional.of(new CacheFile(user, end));
      }
    }
    return found;
  }

  /** Of the ticket whose principals have been read; all of it is read then. */
  private static Instant end(ByteBuffer file) {
    file.getShort(); // the cipher
    data(file); // the key
    skip(file, TIMES_BEFORE_END);
    Instant end = Instant.ofEpochSecond(Integer.toUnsignedLong(file.getInt()));
    file.getInt(); // until when it can be renewed
    skip(file, AFTER_TIMES);
    typedData(file); // addresses
    typedData(file); // authorization
    data(file);
    data(file);
    return end;
  }

  private static String principal(ByteBuffer file) {
    file.getInt(); // the type
    int size = file.getInt();
    String realm = text(file);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(text(file));
    }
    return String.join("/", parts) + "@" + realm;
  }

  private static void typedData(ByteBuffer file) {
    int size = file.getInt();
    for (int i = 0; i < size; i++) {
      file.getShort();
      data(file);
    }
  }

  private static String text(ByteBuffer file) {
    int length = file.getInt();
    int start = file.position();
    skip(file, length);
    return StandardCharsets.UTF_8.decode(file.slice(start, length)).toString();
  }

  private static void data(ByteBuffer file) {
    skip(file, file.getInt());
  }

  private static void skip(ByteBuffer file, int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a length of " + length);
    }
    file.position(file.position() + length);
  }
}
