package io.psconnect.winrm.internal.auth.kerberos;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a host says instead of proving who it is: a KRB-ERROR (RFC 4120, 5.9.1) in a token of
 * GSS-API (RFC 4121, 4.1), which JGSS does not read. Nothing proves that it is the host's, so that
 * it is good for words to the user alone.
 */
final class HostError {
  private static final int KRB_ERROR_TOKEN = 0x0300;
  private static final int KRB_ERROR = 0x7E; // [APPLICATION 30]
  private static final int ERROR_CODE = 0xA6; // [6]
  private static final int INTEGER = 0x02;

  private static final String NOT_READ =
      "it could not read the ticket; its principal (SPN) belongs to another account, or the"
          + " account's password was changed and the host does not know yet";

  private static final Map<Integer, String> BY_CODE =
      Map.of(
          31, NOT_READ,
          32, "the ticket has expired; connect again",
          33, "the ticket is not valid yet; set the clock here, or the host's",
          34, "it has seen this login before; connect again",
          35, NOT_READ,
          37, "the clocks differ too much; set the clock here, or the host's",
          41, NOT_READ,
          44, NOT_READ,
          45, NOT_READ);

  private HostError() {}

  /** Why the host refuses the login; empty if its token is no such error. */
  static Optional<String> reason(byte[] token) {
    OptionalInt code = code(token);
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(
            BY_CODE.getOrDefault(
                code.getAsInt(), "error %d of RFC 4120, 7.5.9".formatted(code.getAsInt())));
  }

  private static OptionalInt code(byte[] token) {
    try {
      return code(ByteBuffer.wrap(token));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return OptionalInt.empty(); // It ends too early.
    }
  }

  private static OptionalInt code(ByteBuffer token) {
    tagAndLength(token);
    skip(token, tagAndLength(token).length()); // the mechanism
    if (token.getShort() != KRB_ERROR_TOKEN || tagAndLength(token).tag() != KRB_ERROR) {
      return OptionalInt.empty();
    }
    tagAndLength(token); // SEQUENCE
    Element element = tagAndLength(token);
    while (element.tag() != ERROR_CODE) {
      skip(token, element.length());
      element = tagAndLength(token);
    }
    return integer(token, tagAndLength(token));
  }

  private static OptionalInt integer(ByteBuffer token, Element element) {
    boolean isSmall = element.tag() == INTEGER && element.length() == 1;
    return isSmall ? OptionalInt.of(token.get()) : OptionalInt.empty();
  }

  /** DER: lengths of more than 127 follow their own length. */
  private static Element tagAndLength(ByteBuffer token) {
    int tag = Byte.toUnsignedInt(token.get());
    int length = Byte.toUnsignedInt(token.get());
    return switch (length) {
      case 0x81 -> new Element(tag, Byte.toUnsignedInt(token.get()));
      case 0x82 -> new Element(tag, Short.toUnsignedInt(token.getShort()));
      default -> new Element(tag, length);
    };
  }

  private static void skip(ByteBuffer token, int length) {
    token.position(token.position() + length);
  }

  private record Element(int tag, int length) {}
}
