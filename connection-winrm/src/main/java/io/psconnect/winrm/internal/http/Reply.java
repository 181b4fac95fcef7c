package io.psconnect.winrm.internal.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer of HTTP, whatever it says.
 *
 * @param status for instance 200
 * @param contentType as it was sent, or empty
 * @param challenges the WWW-Authenticate headers
 * @param date as it was sent, or empty
 * @param isWhole whether its end was announced, so that it is known to be whole
 * @param body perhaps empty
 */
record Reply(
    int status,
    String contentType,
    List<String> challenges,
    String date,
    boolean isWhole,
    byte[] body) {
  private static final int QUOTED = 1024;

  static final int OK = 200;
  static final int UNAUTHORIZED = 401;
  static final int SERVER_ERROR = 500;

  boolean isSoap() {
    return mediaType().equals("application/soap+xml");
  }

  boolean isSealed() {
    return mediaType().equals("multipart/encrypted");
  }

  /** Statuses with which WS-Management answers (DSP0226, appendix C); all others are HTTP's own. */
  boolean isAnswer() {
    return status == OK || status == SERVER_ERROR;
  }

  /** What the host's clock says, if it has told. */
  Optional<Instant> hostsTime() {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private String mediaType() {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** What can be shown of it. */
  String quote() {
    return Shown.of(new String(body, 0, Math.min(body.length, QUOTED), StandardCharsets.UTF_8));
  }
}
