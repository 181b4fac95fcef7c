package io.psconnect.cli;

import io.psconnect.FileCopyException;
import java.io.IOException;

/** A copy failed; its message adds what became of the target to what the failure says. */
final class UnfinishedCopyException extends IOException {
  private static final long serialVersionUID = 1;

  UnfinishedCopyException(Exception failure, String target, Transfer transfer) {
    super(message(failure, target, transfer), failure);
  }

  /** Some failures tell it themselves, and one is itself the proof. */
  private static String message(Exception failure, String target, Transfer transfer) {
    String message = ErrorReport.words(failure);
    if (message.contains("as it was")) {
      return message;
    }
    return failure instanceof FileCopyException
        ? "%s; the target is as it was".formatted(message)
        : "%s; %s".formatted(message, transfer.fateOf(target));
  }
}
