package io.psconnect.local.internal;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import io.psconnect.local.LocalOptions;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** One file copied on this machine, by way of a temporary name beside its target. */
final class LocalCopy {
  private static final int CHUNK = 1 << 20;

  private final FileCopy copy;
  private final Deadline deadline;

  LocalCopy(FileCopy copy, Deadline deadline) {
    this.copy = copy;
    this.deadline = deadline;
  }

  void run() throws ConnectionException, InterruptedException {
    try {
      Path target = Path.of(copy.target());
      if (Files.isDirectory(target)) {
        throw new FileSystemException(copy.target(), null, "it is a directory");
      }
      Files.createDirectories(target.toAbsolutePath().getParent());
      copyTo(target, target.resolveSibling(".psconnect-" + UUID.randomUUID() + ".tmp"));
    } catch (ConnectionException e) {
      throw e;
    } catch (IOException | InvalidPathException e) {
      throw new FileCopyException(
          origin(), "%s could not be written: %s".formatted(copy.target(), reason(e)), e);
    }
  }

  private void copyTo(Path target, Path temporary) throws IOException, InterruptedException {
    try {
      transfer(temporary);
      replace(target, temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void replace(Path target, Path temporary) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void transfer(Path temporary) throws IOException, InterruptedException {
    long total = SourceFile.sizeOf(copy.source());
    byte[] chunk = new byte[CHUNK];
    long transferred = 0;
    try (InputStream in = source();
        OutputStream out = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW)) {
      for (int n = read(in, chunk); n >= 0 || transferred == 0; n = read(in, chunk)) {
        checkStillWanted();
        int count = Math.max(n, 0);
        out.write(chunk, 0, count);
        transferred += count;
        copy.listener().onProgress(transferred, total);
        if (n < 0) {
          return;
        }
      }
    }
  }

  private InputStream source() throws FileCopyException {
    try {
      return Files.newInputStream(copy.source());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private int read(InputStream in, byte[] chunk) throws FileCopyException {
    try {
      return in.read(chunk);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private FileCopyException unreadable(IOException cause) {
    return new FileCopyException(
        origin(), "source %s could not be read: %s".formatted(copy.source(), reason(cause)), cause);
  }

  private void checkStillWanted() throws ConnectionException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(
          "%s: interrupted; %s is as it was".formatted(origin(), copy.target()));
    }
    if (deadline.hasPassed()) {
      throw new ConnectionTimeoutException(
          origin(),
          ScriptState.NOT_STARTED,
          Termination.NOT_NEEDED,
          "%s was not copied within %s and is as it was"
              .formatted(copy.target(), DurationText.of(deadline.allowed())));
    }
  }

  /** The message of a file system exception is often but the path. */
  private static String reason(Exception e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static Origin origin() {
    return new Origin(LocalOptions.BACKEND, "", Phase.COPY);
  }
}
