package io.psconnect.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sealed message as it stands in the body of a request or an answer (MS-WSMV 2.2.9.1). */
record SealedBody(int length, byte[] header, byte[] data) {
  private static final String BOUNDARY = "--Encrypted Boundary";
  private static final Pattern PREAMBLE =
      Pattern.compile(
          "\\A--Encrypted Boundary\r\n\t?Content-Type: (\\S+)\r\n"
              + "\t?OriginalContent: type=[^\r\n]*;Length=(\\d+)\r\n"
              + "--Encrypted Boundary\r\n\t?Content-Type: application/octet-stream\r\n");
  private static final String END = BOUNDARY + "--\r\n";

  static boolean isAnnouncedBy(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/encrypted");
  }

  static String protocol(String scheme) {
    return scheme.equals("Kerberos")
        ? "application/HTTP-Kerberos-session-encrypted"
        : "application/HTTP-SPNEGO-session-encrypted";
  }

  static String contentType(String scheme) {
    return "multipart/encrypted;protocol=\"%s\";boundary=\"Encrypted Boundary\""
        .formatted(protocol(scheme));
  }

  static SealedBody parse(byte[] body, String scheme) throws RefusedLogin {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Matcher preamble = PREAMBLE.matcher(text);
    if (!preamble.find() || !text.endsWith(END)) {
      throw refused("no multipart/encrypted body with tabs and boundaries");
    }
    if (!preamble.group(1).equals(protocol(scheme))) {
      throw refused("sealed by %s, expected %s".formatted(preamble.group(1), protocol(scheme)));
    }
    int from = preamble.end();
    ByteBuffer sealed = ByteBuffer.wrap(body, from, body.length - from - END.length());
    return split(sealed.order(ByteOrder.LITTLE_ENDIAN), preamble.group(2));
  }

  private static SealedBody split(ByteBuffer sealed, String length) throws RefusedLogin {
    int size = sealed.remaining() < 4 ? -1 : sealed.getInt();
    if (size < 0 || size > sealed.remaining() || length.length() > 9) {
      throw refused("the length of the header, %d, or of the message, %s".formatted(size, length));
    }
    byte[] header = new byte[size];
    sealed.get(header);
    byte[] data = new byte[sealed.remaining()];
    sealed.get(data);
    return new SealedBody(Integer.parseInt(length), header, data);
  }

  private static RefusedLogin refused(String what) {
    return new RefusedLogin("a sealed message cannot be read: " + what, null);
  }

  byte[] bytes(String scheme) {
    String preamble =
        BOUNDARY
            + "\r\n\tContent-Type: "
            + protocol(scheme)
            + "\r\n\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length="
            + length
            + "\r\n"
            + BOUNDARY
            + "\r\n\tContent-Type: application/octet-stream\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(preamble.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(header.length).array());
    bytes.writeBytes(header);
    bytes.writeBytes(data);
    bytes.writeBytes(END.getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }
}
