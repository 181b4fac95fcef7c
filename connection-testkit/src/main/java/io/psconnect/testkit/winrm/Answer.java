package io.psconnect.testkit.winrm;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What goes back over HTTP.
 *
 * @param operation what was asked for, as far as it is known
 * @param challenges the values of {@code WWW-Authenticate}
 */
record Answer(
    int status,
    Optional<WinRmOperation> operation,
    String contentType,
    byte[] body,
    List<String> challenges) {
  static final int OK = 200;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int NOT_FOUND = 404;
  static final int METHOD_NOT_ALLOWED = 405;
  static final int TOO_LARGE = 413;
  static final int FAILED = 500;

  static Answer soap(int status, Optional<WinRmOperation> operation, byte[] body) {
    return new Answer(status, operation, Wsman.SOAP_TYPE, body, List.of());
  }

  static Answer empty(int status, List<String> challenges) {
    return new Answer(status, Optional.empty(), "", new byte[0], challenges);
  }

  static Answer empty(int status) {
    return empty(status, List.of());
  }

  /** As http.sys answers what never gets to the service. */
  static Answer html(int status, String title) {
    String page =
        "<HTML><HEAD><TITLE>%s</TITLE></HEAD><BODY><h2>%s</h2></BODY></HTML>\r\n"
            .formatted(title, title);
    return new Answer(
        status,
        Optional.empty(),
        "text/html; charset=us-ascii",
        page.getBytes(StandardCharsets.US_ASCII),
        List.of());
  }

  Answer with(String type, byte[] changed) {
    return new Answer(status, operation, type, changed, challenges);
  }

  Answer challenging(List<String> more) {
    return new Answer(status, operation, contentType, body, more);
  }
}
