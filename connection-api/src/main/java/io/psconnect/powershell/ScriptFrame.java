package io.psconnect.powershell;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A text on a stream as .NET's {@code BinaryReader.ReadString} reads it: the number of bytes, seven
 * bits at a time, the lowest first, each but the last with its highest bit set; then UTF-8.
 */
final class ScriptFrame {
  private static final int LENGTH_BITS = 31;

  private ScriptFrame() {}

  static byte[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frame = new ByteArrayOutputStream(utf8.length + 5);
    int rest = utf8.length;
    for (; rest > 0x7F; rest >>>= 7) {
      frame.write(rest & 0x7F | 0x80);
    }
    frame.write(rest);
    frame.writeBytes(utf8);
    return frame.toByteArray();
  }

  /**
   * Reads a frame and not a byte more.
   *
   * @throws EOFException if the stream ends inside the frame
   * @throws IllegalArgumentException if these bytes begin no frame
   */
  static String read(InputStream in) throws IOException {
    int length = readLength(in);
    byte[] utf8 = in.readNBytes(length);
    if (utf8.length < length) {
      throw new EOFException(
          "stdin ended inside the script: %d of %d bytes came".formatted(utf8.length, length));
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static int readLength(InputStream in) throws IOException {
    long length = 0;
    for (int shift = 0; shift < LENGTH_BITS; shift += 7) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("stdin ended inside the script's length");
      }
      length |= (long) (b & 0x7F) << shift;
      if (b <= 0x7F && length <= Integer.MAX_VALUE) {
        return (int) length;
      }
    }
    throw new IllegalArgumentException("stdin does not begin with a script's length");
  }
}
