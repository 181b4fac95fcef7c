package io.psconnect.spi;

import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import java.io.IOException;
import java.util.Objects;

/**
 * How far a copy has come, for its listener, and for what is said when it ends before its time; for
 * transports that {@linkplain Transport#copyFile copy files} themselves, under a temporary name
 * that becomes the target's in the end. Used by one thread.
 */
public final class CopyProgress {
  private final FileCopy copy;
  private final Origin origin;
  private final Deadline deadline;
  private long reported;
  private boolean finishing;

  /**
   * A copy that has just begun.
   *
   * @param copy what is copied
   * @param origin for messages
   * @param deadline by which it must be done
   */
  public CopyProgress(FileCopy copy, Origin origin, Deadline deadline) {
    this.copy = Objects.requireNonNull(copy, "copy");
    this.origin = Objects.requireNonNull(origin, "origin");
    this.deadline = Objects.requireNonNull(deadline, "deadline");
  }

  /**
   * Tells the listener, if there is something new.
   *
   * @param transferred how many bytes have gone to the host
   * @param total of how many
   */
  public void report(long transferred, long total) {
    if (transferred > reported) {
      reported = transferred;
      copy.listener().onProgress(transferred, total);
    }
  }

  /** From now on the host may give the file its name: the answer alone can be lost. */
  public void finishing() {
    finishing = true;
  }

  /**
   * The deadline has passed.
   *
   * @param ended whether the end of the processes on the host was seen
   * @return to be thrown
   */
  public ConnectionTimeoutException timedOut(boolean ended) {
    return new ConnectionTimeoutException(
        origin,
        state(),
        ended ? Termination.CONFIRMED : Termination.UNCONFIRMED,
        "%s was not copied within %s and is %s"
            .formatted(copy.target(), DurationText.of(deadline.allowed()), outcome()));
  }

  /**
   * The thread was interrupted.
   *
   * @return to be thrown
   */
  public InterruptedException interrupted() {
    return new InterruptedException(
        "%s: interrupted; %s is %s".formatted(origin, copy.target(), outcome()));
  }

  /**
   * The file could not be read here, or not be written there. The target is as it was.
   *
   * @param cause why, in words that a user understands
   * @return to be thrown
   */
  public FileCopyException failed(IOException cause) {
    String message =
        cause instanceof SourceFile.UnreadableException
            ? cause.getMessage()
            : "%s could not be written on the host: %s"
                .formatted(copy.target(), cause.getMessage());
    return new FileCopyException(origin, message, cause);
  }

  /**
   * The host is out of reach, or has not told the end.
   *
   * @param reason what was lost
   * @param temporaryName the name of the file beside the target that nobody may have removed
   * @param cause what showed it
   * @return to be thrown
   */
  public SessionDroppedException lost(String reason, String temporaryName, IOException cause) {
    return new SessionDroppedException(
        origin,
        state(),
        "%s; %s is %s, and a file %s may have been left beside it"
            .formatted(reason, copy.target(), outcome(), temporaryName),
        cause);
  }

  private String outcome() {
    return finishing ? "as it was, or the new file" : "as it was";
  }

  private ScriptState state() {
    return finishing ? ScriptState.MAY_HAVE_RUN : ScriptState.NOT_STARTED;
  }
}
