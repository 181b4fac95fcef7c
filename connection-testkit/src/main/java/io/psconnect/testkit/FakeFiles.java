package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import java.io.IOException;
import java.time.Duration;

/** File copies that go nowhere: the rules for them, and how they look to the caller. */
final class FakeFiles {
  private static final long CHUNK = 1 << 20;
  private static final Reply<CopyAnswer> SUCCESS = new Reply<>(Duration.ZERO, () -> {});

  private final RuleBook<FileCopy, CopyAnswer> book = new RuleBook<>("target", FileCopy::target);

  CopyRule whenCopyTo(String part) {
    return new CopyRule(book.whenContains(part));
  }

  static RecordedCopy read(FileCopy copy, Session session) throws FileCopyException {
    try {
      return RecordedCopy.of(copy);
    } catch (IOException e) {
      throw new FileCopyException(
          session.origin(Phase.COPY), "%s could not be read: %s".formatted(copy.source(), e), e);
    }
  }

  void copy(RecordedCopy recorded, Session session)
      throws ConnectionException, InterruptedException {
    FileCopy copy = recorded.copy();
    Reply<CopyAnswer> reply = book.find(copy).map(Rule::next).orElse(SUCCESS);
    if (!session.await(reply.delay(), copy.timeout(), Phase.COPY, ScriptState.NOT_STARTED)) {
      throw timedOut(copy, session);
    }
    reply.answer().answer();
    reportProgress(copy, recorded.size());
  }

  private static ConnectionTimeoutException timedOut(FileCopy copy, Session session) {
    return new ConnectionTimeoutException(
        session.origin(Phase.COPY),
        ScriptState.NOT_STARTED,
        Termination.NOT_NEEDED,
        "%s was not copied within %s and is as it was"
            .formatted(copy.target(), DurationText.of(copy.timeout().orElseThrow())));
  }

  /** As a copy by chunks of a megabyte does; an empty file has one report. */
  private static void reportProgress(FileCopy copy, long size) {
    long transferred = 0;
    do {
      transferred = Math.min(size, transferred + CHUNK);
      copy.listener().onProgress(transferred, size);
    } while (transferred < size);
  }
}
