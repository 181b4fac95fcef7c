package io.psconnect.powershell;

import io.psconnect.powershell.CliXmlDecoder.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Takes the line off standard error by which a process that was {@linkplain
 * PowerShellLaunch#announcing launched so} says its id, and lets everything else through: {@code
 * PSCONNECT-PID}, a blank, the id in decimal digits, LINE FEED. PowerShell writes it before
 * anything else; a login shell may have said something before that.
 *
 * <p>For one thread at a time, but for {@link #processId()} and {@link #awaitedId()}.
 */
public final class ProcessAnnouncement {
  static final String MARK = "PSCONNECT-PID";

  private static final byte[] BEGIN = (MARK + " ").getBytes(StandardCharsets.US_ASCII);

  /** The longest id there is, that of a 64-bit system, has fewer digits. */
  private static final int LIMIT = BEGIN.length + 19;

  private final ByteSink rest;
  private final byte[] held = new byte[LIMIT];
  private final CompletableFuture<OptionalLong> awaitedId = new CompletableFuture<>();
  private int heldLength;
  private boolean atLineStart = true;
  private volatile long id = -1;

  /**
   * Before the first byte.
   *
   * @param rest given everything but the line, in order; the buffer may be used again after the
   *     call
   */
  public ProcessAnnouncement(ByteSink rest) {
    this.rest = Objects.requireNonNull(rest, "rest");
  }

  /**
   * Takes bytes of standard error.
   *
   * @param buffer holds them
   * @param offset where they begin
   * @param length how many they are
   */
  public void write(byte[] buffer, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (id < 0 && from < end) {
      from = atLineStart ? hold(buffer, from) : passLine(buffer, from, end);
    }
    pass(buffer, from, end);
  }

  /** Takes one byte of what may be the line. */
  private int hold(byte[] buffer, int from) {
    byte next = buffer[from];
    if (next == '\n' && heldLength > BEGIN.length) {
      id =
          Long.parseLong(
              new String(held, BEGIN.length, heldLength - BEGIN.length, StandardCharsets.US_ASCII));
      awaitedId.complete(OptionalLong.of(id));
      heldLength = 0;
      return from + 1;
    }
    if (heldLength < LIMIT && fits(next)) {
      held[heldLength++] = next;
      return from + 1;
    }
    release();
    return from;
  }

  private boolean fits(byte next) {
    return heldLength < BEGIN.length ? next == BEGIN[heldLength] : next >= '0' && next <= '9';
  }

  private void release() {
    pass(held, 0, heldLength);
    heldLength = 0;
    atLineStart = false;
  }

  private int passLine(byte[] buffer, int from, int end) {
    int i = from;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    atLineStart = i < end;
    int next = Math.min(i + 1, end);
    pass(buffer, from, next);
    return next;
  }

  private void pass(byte[] buffer, int from, int end) {
    if (from < end) {
      rest.accept(buffer, from, end - from);
    }
  }

  /** The end of standard error: what looked like the line, and was cut, is let through. */
  public void finish() {
    release();
    awaitedId.complete(processId());
  }

  /**
   * The process's id.
   *
   * @return empty until the line has come
   */
  public OptionalLong processId() {
    return id < 0 ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /**
   * The process's id, when it is known.
   *
   * @return completed when the line has come, or at the end of standard error, then empty
   */
  public CompletableFuture<OptionalLong> awaitedId() {
    return awaitedId.copy();
  }
}
