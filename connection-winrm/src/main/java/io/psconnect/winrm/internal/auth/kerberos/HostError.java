package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.LoginProblem;
import io.psconnect.winrm.internal.auth.Suspicion;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * What a host says instead of proving who it is: a KRB-ERROR (RFC 4120, 5.9.1) in a token of
 * GSS-API (RFC 4121, 4.1), which JGSS does not read. Nothing proves that it is the host's, so that
 * it is good for words to the user alone.
 */
final class HostError {
  private static final int KRB_ERROR_TOKEN = 0x0300;
  private static final int KRB_ERROR = 0x7E; // [APPLICATION 30]
  private static final int HOSTS_TIME = 0xA4; // [4]
  private static final int ERROR_CODE = 0xA6; // [6]
  private static final int INTEGER = 0x02;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssX").withZone(ZoneOffset.UTC);

  /** Why a host refuses whose clock is wrong: too late, too early, too much. */
  private static final Set<Integer> OF_TIME = Set.of(32, 33, 37);

  private final int code;
  private final Optional<Instant> hostsTime;

  private HostError(int code, Optional<Instant> hostsTime) {
    this.code = code;
    this.hostsTime = hostsTime;
  }

  /** Why the host refuses the login; empty if its token is no such error. */
  static Optional<Suspicion> reason(byte[] token) {
    try {
      return read(ByteBuffer.wrap(token)).map(HostError::reason);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty(); // It ends too early.
    }
  }

  /** A ticket that is too old for a clock that is wrong is not too old. */
  private Suspicion reason() {
    if (OF_TIME.contains(code) && hostsTime.filter(Clocks::differ).isPresent()) {
      return ofClock(Clocks.words("the host's", hostsTime.get()));
    }
    return switch (code) {
      case 31, 35, 41, 44, 45 ->
          new Suspicion(
              LoginProblem.SPN,
              "it could not read the ticket; its principal (SPN) belongs to another account, or"
                  + " the account's password was changed and the host does not know yet");
      case 32 -> ofCredentials("the ticket has expired; connect again");
      case 33 -> ofClock("the ticket is not valid yet; set the clock here, or the host's");
      case 34 -> ofCredentials("it has seen this login before; connect again");
      case 37 -> ofClock(Clocks.words("the host's"));
      default -> ofCredentials("error %d of RFC 4120, 7.5.9".formatted(code));
    };
  }

  private static Suspicion ofClock(String words) {
    return new Suspicion(LoginProblem.CLOCK, words);
  }

  private static Suspicion ofCredentials(String words) {
    return new Suspicion(LoginProblem.CREDENTIALS, words);
  }

  private static Optional<HostError> read(ByteBuffer token) {
    tagAndLength(token);
    skip(token, tagAndLength(token).length()); // the mechanism
    if (token.getShort() != KRB_ERROR_TOKEN || tagAndLength(token).tag() != KRB_ERROR) {
      return Optional.empty();
    }
    tagAndLength(token); // SEQUENCE
    return fields(token);
  }

  /** In the order of their tags: the time comes before the code. */
  private static Optional<HostError> fields(ByteBuffer token) {
    Optional<Instant> time = Optional.empty();
    Element field = tagAndLength(token);
    while (field.tag() != ERROR_CODE) {
      int start = token.position();
      skip(token, field.length());
      if (field.tag() == HOSTS_TIME) {
        time = time(token.slice(start, field.length()));
      }
      field = tagAndLength(token);
    }
    Element number = tagAndLength(token);
    boolean isSmall = number.tag() == INTEGER && number.length() == 1;
    return isSmall ? Optional.of(new HostError(token.get(), time)) : Optional.empty();
  }

  /** A GeneralizedTime without fractions (RFC 4120, 5.2.3). */
  private static Optional<Instant> time(ByteBuffer field) {
    tagAndLength(field);
    String text = StandardCharsets.US_ASCII.decode(field).toString();
    try {
      return Optional.of(TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
