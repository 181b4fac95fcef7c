package io.psconnect.winrm.internal.http;

import io.psconnect.winrm.internal.auth.Sealed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sealed message in its wrapping (MS-WSMV 2.2.9.1). Knows no keys. */
final class EncryptedMessage {
  private static final String BOUNDARY = "--Encrypted Boundary";
  private static final String OCTETS = "\tContent-Type: application/octet-stream\r\n";
  private static final int MOST_LINE = 1024;
  private static final int MOST_LINES = 16;

  /** Exchange servers write a blank after the hyphens. */
  private static final Pattern START = Pattern.compile("-- ?Encrypted Boundary\\s*");

  private static final Pattern END = Pattern.compile("-- ?Encrypted Boundary--\\s*");
  private static final int LONGEST_END = 64;
  private static final Pattern LAST_HEADER =
      Pattern.compile(
          "\\s*Content-Type:\\s*application/octet-stream\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern LENGTH =
      Pattern.compile("\\s*OriginalContent:.*;\\s*Length=(\\d{1,9})\\s*", Pattern.CASE_INSENSITIVE);

  private EncryptedMessage() {}

  static String contentType(String sealedType) {
    return "multipart/encrypted;protocol=\"%s\";boundary=\"Encrypted Boundary\""
        .formatted(sealedType);
  }

  /**
   * @param length of the message in the clear
   */
  static byte[] write(String sealedType, int length, Sealed sealed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(sealed.data().length + MOST_LINE);
    text(out, BOUNDARY + "\r\n\tContent-Type: " + sealedType + "\r\n");
    text(
        out,
        "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + length + "\r\n");
    text(out, BOUNDARY + "\r\n" + OCTETS);
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(sealed.header().length)
            .array());
    out.writeBytes(sealed.header());
    out.writeBytes(sealed.data());
    text(out, BOUNDARY + "--\r\n");
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Splits a message by its lengths; what is sealed may contain anything, a boundary too.
   *
   * @throws NotHttpException if it is not one, with words for the user
   */
  static Sealed read(byte[] body) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    int length = readHeaders(left);
    byte[] header = take(left, left.remaining() < Integer.BYTES ? -1 : left.getInt());
    byte[] data = take(left, left.remaining() - endLength(left));
    if (data.length < length) {
      throw broken("%d bytes were announced, and %d came".formatted(length, data.length));
    }
    return new Sealed(header, data);
  }

  /**
   * @return the announced length
   */
  private static int readHeaders(ByteBuffer left) throws IOException {
    require(START.matcher(line(left)).matches());
    int length = 0;
    boolean isSecondPart = false;
    for (int i = 0; i < MOST_LINES; i++) {
      String line = line(left);
      Matcher announced = LENGTH.matcher(line);
      if (announced.matches()) {
        length = Integer.parseInt(announced.group(1));
      }
      if (isSecondPart && LAST_HEADER.matcher(line).matches()) {
        return length;
      }
      isSecondPart |= START.matcher(line).matches();
    }
    throw broken("its second part does not begin");
  }

  private static String line(ByteBuffer left) throws IOException {
    int start = left.position();
    while (left.hasRemaining() && left.position() - start < MOST_LINE) {
      if (left.get() == '\n') {
        return new String(
            left.array(), start, left.position() - start, StandardCharsets.ISO_8859_1);
      }
    }
    throw broken("a line does not end");
  }

  private static byte[] take(ByteBuffer left, int length) throws IOException {
    require(length >= 0 && length <= left.remaining());
    byte[] taken = new byte[length];
    left.get(taken);
    return taken;
  }

  /** The last boundary is at the end of the body, and only there. */
  private static int endLength(ByteBuffer left) throws IOException {
    int from = Math.max(left.position(), left.limit() - LONGEST_END);
    String tail = new String(left.array(), from, left.limit() - from, StandardCharsets.ISO_8859_1);
    int start = tail.lastIndexOf("--", tail.lastIndexOf("Encrypted Boundary"));
    require(start >= 0 && END.matcher(tail.substring(start)).matches());
    return tail.length() - start;
  }

  private static void require(boolean isGood) throws IOException {
    if (!isGood) {
      throw broken("its parts are not where they should be");
    }
  }

  private static NotHttpException broken(String why) {
    return new NotHttpException("the sealed answer is broken: " + why, null);
  }
}
