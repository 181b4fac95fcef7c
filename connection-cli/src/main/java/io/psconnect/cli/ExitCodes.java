package io.psconnect.cli;

import io.psconnect.AuthenticationException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopyException;
import io.psconnect.QuotaException;
import io.psconnect.UnreachableException;
import io.psconnect.UnsupportedBackendException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How the command ends when it has no script's exit code to end with: as sysexits.h has it. */
final class ExitCodes {
  static final int USAGE = 64;
  static final int NO_INPUT = 66;
  static final int UNAVAILABLE = 69;
  static final int BUG = 70;
  static final int CANNOT_CREATE = 73;
  static final int IO = 74;
  static final int TIMEOUT = 75;
  static final int REFUSED = 77;
  static final int INTERRUPTED = 130;

  private ExitCodes() {}

  static int of(Throwable failure) {
    if (failure instanceof IllegalArgumentException) {
      return USAGE;
    }
    if (failure instanceof UnreadableFileException) {
      return NO_INPUT;
    }
    if (failure instanceof UnfinishedCopyException) {
      return of(failure.getCause());
    }
    if (failure instanceof InterruptedException) {
      return INTERRUPTED;
    }
    return ofConnection(failure);
  }

  private static int ofConnection(Throwable failure) {
    if (failure instanceof AuthenticationException) {
      return REFUSED;
    }
    if (failure instanceof ConnectionTimeoutException) {
      return TIMEOUT;
    }
    if (failure instanceof FileCopyException) {
      return CANNOT_CREATE;
    }
    if (failure instanceof UnreachableException
        || failure instanceof UnsupportedBackendException
        || failure instanceof QuotaException) {
      return UNAVAILABLE;
    }
    return failure instanceof IOException || failure instanceof UncheckedIOException ? IO : BUG;
  }

  /** Unix keeps eight bits of an exit code; what is not zero must not become zero by that. */
  static int forThisSystem(int exitCode) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return windows || exitCode == 0 || (exitCode & 0xFF) != 0 ? exitCode : 255;
  }
}
