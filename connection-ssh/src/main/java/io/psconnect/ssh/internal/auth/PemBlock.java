package io.psconnect.ssh.internal.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between the BEGIN and the END of a private key. None of it is made a String but the
 * label and the headers.
 *
 * @param label for instance {@code OPENSSH PRIVATE KEY}
 * @param headers of the older form; names in any case
 * @param content decoded; the owner wipes it
 */
record PemBlock(String label, Map<String, String> headers, byte[] content)
    implements AutoCloseable {
  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----\\s*(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final Pattern HEADER = Pattern.compile("([A-Za-z-]+):[ \\t]*([^\\r\\n]*)\\R\\s*");

  /** The first private key in a file; empty if there is none that is whole. */
  static Optional<PemBlock> find(byte[] file) {
    CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(file));
    try {
      Matcher block = BLOCK.matcher(text);
      return block.find() ? Optional.of(block(file, text, block)) : Optional.empty();
    } finally {
      Arrays.fill(text.array(), '\0');
    }
  }

  private static PemBlock block(byte[] file, CharBuffer text, Matcher block) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int start = block.start(2);
    Matcher header = HEADER.matcher(text).region(start, block.end(2));
    while (header.lookingAt()) {
      headers.put(header.group(1), header.group(2).strip());
      start = header.end();
      header.region(start, block.end(2));
    }
    byte[] base64 = Arrays.copyOfRange(file, start, block.end(2));
    try {
      return new PemBlock(block.group(1), headers, Base64.getMimeDecoder().decode(base64));
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  @Override
  public void close() {
    Arrays.fill(content, (byte) 0);
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "PemBlock[%s]".formatted(label);
  }
}
