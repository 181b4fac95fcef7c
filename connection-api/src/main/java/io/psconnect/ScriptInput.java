package io.psconnect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The bytes that a script finds on its standard input. They are read once a call, by a thread of
 * the backend, as fast as the host takes them; they never stand on a command line.
 */
@FunctionalInterface
public interface ScriptInput {

  /**
   * Opens the bytes for one call.
   *
   * @return a stream that the caller closes
   * @throws IOException if they cannot be had; the call then fails before anything is started
   */
  InputStream open() throws IOException;

  /**
   * No input: the script finds the end at once.
   *
   * @return always the same object
   */
  static ScriptInput empty() {
    return EmptyInput.INSTANCE;
  }

  /**
   * Bytes as they are.
   *
   * @param bytes copied
   * @return these bytes
   */
  static ScriptInput of(byte[] bytes) {
    byte[] copy = Objects.requireNonNull(bytes, "bytes").clone();
    return () -> new ByteArrayInputStream(copy);
  }

  /**
   * Text in UTF-8, without a byte order mark.
   *
   * @param text any text that has a UTF-8 form
   * @return its bytes
   * @throws IllegalArgumentException if the text has half a surrogate pair, which UTF-8 cannot hold
   */
  static ScriptInput of(String text) {
    Objects.requireNonNull(text, "text");
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return () -> new ByteArrayInputStream(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "input of %d characters holds half a surrogate pair, which has no UTF-8 form; pass bytes"
              .formatted(text.length()),
          e);
    }
  }

  /**
   * A file's bytes, read during the call.
   *
   * @param file a file on this machine
   * @return its bytes
   */
  static ScriptInput ofFile(Path file) {
    Objects.requireNonNull(file, "file");
    return () -> Files.newInputStream(file);
  }
}
