package io.psconnect.testkit.ssh;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Something that goes wrong at an {@link SshHost}, from the moment it is {@linkplain
 * SshHost#inject(SshFault...) injected} until the host is {@linkplain SshHost#heal() healed}.
 * Immutable.
 *
 * <p>Of one kind one fault holds at a time: the newest. Faults of different kinds hold together.
 */
public final class SshFault {

  /** How far a host gets before it falls silent. Connections stay open, and are still read from. */
  public enum Stage {
    /** Before the host's version line: not a byte comes from it. */
    VERSION_EXCHANGE,
    /** After the version lines (RFC 4253, section 4.2), before the host's offer of algorithms. */
    KEY_EXCHANGE,
    /** After the key exchange, before the answer to the client's request to log in. */
    AUTHENTICATION,
    /** Before the answer to the request for a channel. */
    CHANNEL_OPEN,
    /** Before the answer to the request to run a command or SFTP; the command runs all the same. */
    EXEC_REPLY,
    /** The command reads as much as the first window has room for; the host asks for no more. */
    INPUT,
    /** Before the first byte of output; exit status and end of output are held back as well. */
    OUTPUT,
    /** After all output, before exit status and end of output. */
    EXIT_STATUS
  }

  /** The reasons by which a host refuses to open a channel (RFC 4254, section 5.1). */
  public enum Refusal {
    /** {@code SSH_OPEN_ADMINISTRATIVELY_PROHIBITED}. */
    ADMINISTRATIVELY_PROHIBITED(1),
    /**
     * {@code SSH_OPEN_CONNECT_FAILED}: OpenSSH's answer when its {@code MaxSessions} is reached.
     */
    CONNECT_FAILED(2),
    /** {@code SSH_OPEN_RESOURCE_SHORTAGE}. */
    RESOURCE_SHORTAGE(4);

    private final int code;

    Refusal(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** Why a host does not take the bytes of a file. */
  public enum FileError {
    /** The file system is full: {@code SSH_FX_FAILURE}, as OpenSSH answers. */
    DISK_FULL,
    /** {@code SSH_FX_PERMISSION_DENIED}. */
    PERMISSION_DENIED
  }

  enum Kind {
    REFUSE,
    HANG_UP,
    ANSWER,
    OTHER_HOST_KEY,
    REJECT_AUTHENTICATION,
    STALL,
    CUT_FROM_CLIENT,
    CUT_TO_CLIENT,
    SILENCE,
    NO_EXIT_STATUS,
    NO_END,
    EXIT_SIGNAL,
    MAX_SESSIONS,
    NO_SFTP,
    SFTP_FAILS,
    NO_KEEPALIVE
  }

  private static final String HTTP =
      "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: 28\r\n"
          + "Connection: close\r\n\r\n<h1>400 Bad Request</h1>\r\n\r\n";

  private final Kind kind;
  private final String description;
  private final long count;
  private final Object detail;

  private SshFault(Kind kind, String description, long count, Object detail) {
    this.kind = kind;
    this.description = description;
    this.count = count;
    this.detail = detail;
  }

  private static SshFault of(Kind kind, String description) {
    return new SshFault(kind, description, 0, "");
  }

  private static SshFault counted(Kind kind, String description, long count, Object detail) {
    if (count < 0) {
      throw new IllegalArgumentException("%s: %d is negative".formatted(description, count));
    }
    return new SshFault(kind, "%s: %d".formatted(description, count), count, detail);
  }

  /**
   * The port is closed: whoever connects is refused. Connections that are there go on.
   *
   * @return the fault
   */
  public static SshFault refuseConnections() {
    return of(Kind.REFUSE, "refuse connections");
  }

  /**
   * New connections are accepted and closed at once, as OpenSSH does beyond its {@code
   * MaxStartups}.
   *
   * @return the fault
   */
  public static SshFault hangUp() {
    return of(Kind.HANG_UP, "hang up at once");
  }

  /**
   * The host falls silent at a stage. Beyond it nothing comes that belongs to this stage or a later
   * one of the same connection or channel; keepalive requests are still answered.
   *
   * @param stage how far the host gets
   * @return the fault
   */
  public static SshFault stall(Stage stage) {
    Objects.requireNonNull(stage, "stage");
    return new SshFault(Kind.STALL, "stall at " + stage, 0, stage);
  }

  /**
   * New connections reach something that is no SSH server: it reads the client's first line, sends
   * this, and closes.
   *
   * @param answer what is sent, all of it
   * @return the fault
   */
  public static SshFault answer(byte[] answer) {
    return new SshFault(
        Kind.ANSWER, "answer %d other bytes".formatted(answer.length), 0, answer.clone());
  }

  /**
   * New connections reach a web server, which answers {@code 400 Bad Request} and closes.
   *
   * @return the fault
   */
  public static SshFault answerHttp() {
    return answer(HTTP.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * New connections get lines of text, as a server may send them before its version line (RFC 4253,
   * section 4.2), without an end.
   *
   * @return the fault
   */
  public static SshFault endlessBanner() {
    return new SshFault(Kind.ANSWER, "answer an endless banner", 1, "Welcome to build01.\r\n");
  }

  /**
   * The host shows another key, of the same algorithm, than the one it announces.
   *
   * @return the fault
   */
  public static SshFault otherHostKey() {
    return of(Kind.OTHER_HOST_KEY, "another host key");
  }

  /**
   * Whatever a user shows is rejected.
   *
   * @return the fault
   */
  public static SshFault rejectAuthentication() {
    return of(Kind.REJECT_AUTHENTICATION, "reject authentication");
  }

  /**
   * A connection is cut when the host has got so many bytes from the client.
   *
   * @param bytes raw ones, counted on each connection from the moment of the injection; 0 cuts at
   *     the next byte
   * @return the fault
   * @throws IllegalArgumentException if it is negative
   */
  public static SshFault cutAfterBytesFromClient(long bytes) {
    return counted(Kind.CUT_FROM_CLIENT, "cut after bytes from the client", bytes, "");
  }

  /**
   * A connection is cut when the client has been sent so many bytes.
   *
   * @param bytes raw ones, counted on each connection from the moment of the injection; 0 cuts at
   *     the next byte
   * @return the fault
   * @throws IllegalArgumentException if it is negative
   */
  public static SshFault cutAfterBytesToClient(long bytes) {
    return counted(Kind.CUT_TO_CLIENT, "cut after bytes to the client", bytes, "");
  }

  /**
   * The network swallows everything in both directions, as when a cable is pulled. Connections that
   * have lost bytes so stay silent for good; others go on when the host is healed.
   *
   * @return the fault
   */
  public static SshFault silence() {
    return of(Kind.SILENCE, "silence");
  }

  /**
   * A channel ends without an exit status.
   *
   * @return the fault
   */
  public static SshFault noExitStatus() {
    return of(Kind.NO_EXIT_STATUS, "no exit status");
  }

  /**
   * After the exit status the channel stays open without an end of output, as when a child of the
   * command still holds its streams.
   *
   * @return the fault
   */
  public static SshFault exitStatusWithoutEof() {
    return of(Kind.NO_END, "exit status without end of output");
  }

  /**
   * Commands end by a signal: {@code exit-signal} comes in place of {@code exit-status} (RFC 4254,
   * section 6.10).
   *
   * @param signal its name without SIG, for instance {@code KILL}
   * @return the fault
   */
  public static SshFault exitSignal(String signal) {
    Objects.requireNonNull(signal, "signal");
    return new SshFault(Kind.EXIT_SIGNAL, "exit signal " + signal, 0, signal);
  }

  /**
   * At most so many session channels at a time on one connection, as OpenSSH's {@code MaxSessions};
   * one more is refused with {@link Refusal#CONNECT_FAILED} and the text {@code open failed}. A
   * channel counts until its command has ended and both sides have closed it.
   *
   * @param sessions 0 refuses every channel
   * @return the fault
   * @throws IllegalArgumentException if it is negative
   */
  public static SshFault maxSessions(int sessions) {
    return maxSessions(sessions, Refusal.CONNECT_FAILED);
  }

  /**
   * Like {@link #maxSessions(int)}, with the reason of another server.
   *
   * @param sessions 0 refuses every channel
   * @param refusal the reason given
   * @return the fault
   * @throws IllegalArgumentException if the number is negative
   */
  public static SshFault maxSessions(int sessions, Refusal refusal) {
    Objects.requireNonNull(refusal, "refusal");
    return counted(Kind.MAX_SESSIONS, "most sessions on a connection", sessions, refusal);
  }

  /**
   * There is no SFTP: the request for it fails.
   *
   * @return the fault
   */
  public static SshFault noSftp() {
    return of(Kind.NO_SFTP, "no SFTP");
  }

  /**
   * SFTP takes so many bytes of a file, and fails beyond.
   *
   * @param bytes of each file that is opened for writing after the injection; the write that would
   *     go beyond fails as a whole
   * @param error why
   * @return the fault
   * @throws IllegalArgumentException if the number is negative
   */
  public static SshFault sftpFailsAfter(long bytes, FileError error) {
    Objects.requireNonNull(error, "error");
    return counted(
        Kind.SFTP_FAILS, "SFTP fails with %s after bytes".formatted(error), bytes, error);
  }

  /**
   * Requests named {@code keepalive@openssh.com}, and others like them, get no answer.
   *
   * @return the fault
   */
  public static SshFault ignoreKeepAlives() {
    return of(Kind.NO_KEEPALIVE, "ignore keepalives");
  }

  Kind kind() {
    return kind;
  }

  /** Bytes or sessions; 1 for an answer without end. */
  long count() {
    return count;
  }

  Stage stage() {
    return (Stage) detail;
  }

  Refusal refusal() {
    return (Refusal) detail;
  }

  FileError fileError() {
    return (FileError) detail;
  }

  String signal() {
    return (String) detail;
  }

  byte[] answerBytes() {
    return detail instanceof byte[] bytes
        ? bytes
        : ((String) detail).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "SshFault[" + description + "]";
  }
}
