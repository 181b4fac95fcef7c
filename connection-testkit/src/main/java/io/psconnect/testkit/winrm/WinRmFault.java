package io.psconnect.testkit.winrm;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Something that goes wrong at a {@link WinRmHost}, from the moment it is {@linkplain
 * WinRmHost#inject(WinRmFault...) injected} until the host is {@linkplain WinRmHost#heal() healed},
 * or {@linkplain #once() once}. Immutable.
 *
 * <p>All that have been injected hold together. Of several of one kind the first that fits the
 * operation takes effect.
 */
public final class WinRmFault {
  enum Kind {
    FAULT,
    UNAUTHORIZED,
    LOGIN,
    PLAINTEXT,
    STALL,
    CUT,
    ANSWER,
    SHELL_LOST,
    NO_EXIT_CODE,
    BROKEN_XML,
    DTD,
    BROKEN_BASE64,
    ENDLESS,
    REPLAY
  }

  private final Kind kind;
  private final Optional<WinRmOperation> operation;
  private final boolean once;
  private final long number;
  private final String contentType;
  private final byte[] body;

  private WinRmFault(
      Kind kind,
      Optional<WinRmOperation> operation,
      boolean once,
      long number,
      String contentType,
      byte[] body) {
    this.kind = kind;
    this.operation = operation;
    this.once = once;
    this.number = number;
    this.contentType = contentType;
    this.body = body;
  }

  private static WinRmFault of(Kind kind, long number) {
    return new WinRmFault(kind, Optional.empty(), false, number, "", new byte[0]);
  }

  private static WinRmFault of(Kind kind) {
    return of(kind, 0);
  }

  /**
   * An operation is not done, and answered by a SOAP fault.
   *
   * @param operation the operation
   * @param code of the {@code WSManFault}, for instance 5 or 2150859173
   * @return the fault
   */
  public static WinRmFault fault(WinRmOperation operation, long code) {
    return of(Kind.FAULT, code).at(operation);
  }

  /**
   * A message of somebody who has logged in is answered by 401, and the login is forgotten.
   *
   * @return the fault
   */
  public static WinRmFault unauthorizedInMidLife() {
    return of(Kind.UNAUTHORIZED);
  }

  /**
   * Nobody is let in, whatever they show, and nobody is known any more: as when a password has been
   * changed.
   *
   * @return the fault
   */
  public static WinRmFault loginRefused() {
    return of(Kind.LOGIN);
  }

  /**
   * The answer to a sealed message is not sealed.
   *
   * @return the fault
   */
  public static WinRmFault plaintextAnswer() {
    return of(Kind.PLAINTEXT);
  }

  /**
   * An operation is done, and never answered: until the client closes the connection, or the host
   * is healed.
   *
   * @param operation the operation
   * @return the fault
   */
  public static WinRmFault stall(WinRmOperation operation) {
    return of(Kind.STALL).at(operation);
  }

  /**
   * The connection is closed within an answer.
   *
   * @param bytes how many bytes of the answer come, the header's included
   * @return the fault
   * @throws IllegalArgumentException if it is negative
   */
  public static WinRmFault cutAfter(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("cut after %d bytes".formatted(bytes));
    }
    return of(Kind.CUT, bytes);
  }

  /**
   * The operation is done, and answered by something else, in plain text.
   *
   * @param status the HTTP status, for instance 413
   * @param contentType the header's value, empty for none
   * @param body the answer
   * @return the fault
   */
  public static WinRmFault answer(int status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new WinRmFault(Kind.ANSWER, Optional.empty(), false, status, contentType, bytes);
  }

  /**
   * All shells are lost, as when the service is started again.
   *
   * @return the fault
   */
  public static WinRmFault shellLost() {
    return of(Kind.SHELL_LOST);
  }

  /**
   * A command's end is reported without an exit code.
   *
   * @return the fault
   */
  public static WinRmFault noExitCode() {
    return of(Kind.NO_EXIT_CODE);
  }

  /**
   * An answer's XML ends in its midst.
   *
   * @return the fault
   */
  public static WinRmFault brokenXml() {
    return of(Kind.BROKEN_XML);
  }

  /**
   * An answer has a document type, with an entity that would read a file.
   *
   * @return the fault
   */
  public static WinRmFault dtd() {
    return of(Kind.DTD);
  }

  /**
   * A command's output is no Base64.
   *
   * @return the fault
   */
  public static WinRmFault brokenBase64() {
    return of(Kind.BROKEN_BASE64);
  }

  /**
   * An answer does not end until the client goes away.
   *
   * @return the fault
   */
  public static WinRmFault endlessAnswer() {
    return of(Kind.ENDLESS);
  }

  /**
   * A sealed answer is the one before it once more.
   *
   * @return the fault
   */
  public static WinRmFault replayedAnswer() {
    return of(Kind.REPLAY);
  }

  /**
   * Limits it to one operation; what is before any operation, as a login, goes well.
   *
   * @param operation the operation
   * @return the fault
   */
  public WinRmFault at(WinRmOperation operation) {
    return new WinRmFault(kind, Optional.of(operation), once, number, contentType, body);
  }

  /**
   * Limits it to the first time.
   *
   * @return the fault
   */
  public WinRmFault once() {
    return new WinRmFault(kind, operation, true, number, contentType, body);
  }

  Kind kind() {
    return kind;
  }

  boolean fits(Kind wanted, Optional<WinRmOperation> current) {
    return kind == wanted && (operation.isEmpty() || operation.equals(current));
  }

  boolean isOnce() {
    return once;
  }

  /** The code, the number of bytes, or the status. */
  long number() {
    return number;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return "WinRmFault[%s%s%s%s]"
        .formatted(
            kind,
            number > 0 ? " " + number : "",
            operation.map(at -> " at " + at).orElse(""),
            once ? " once" : "");
  }
}
