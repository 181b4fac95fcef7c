package io.psconnect.local.contract;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Faults of copies that take more than a line. */
final class CopyFaults {
  private static final Origin ORIGIN = new Origin("local", "", Phase.COPY);

  private CopyFaults() {}

  static void copyingText(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    Path text = Files.createTempFile("psconnect-wrong", ".txt");
    try {
      Files.write(text, StreamFaults.asText(Files.readAllBytes(copy.source())));
      right.streamFile(text, copy.target());
    } finally {
      Files.delete(text);
    }
  }

  static void makingNoFolder(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    if (!Files.exists(Path.of(copy.target()).getParent())) {
      throw new FileCopyException(ORIGIN, "no such folder: " + copy.target(), null);
    }
    right.streamFile(copy);
  }

  static void copyingWhatHasBytes(Connection right, FileCopy copy)
      throws IOException, InterruptedException {
    if (Files.size(copy.source()) > 0) {
      right.streamFile(copy);
    }
  }

  static void tellingOfHalf(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    right.streamFile(
        copy.withListener(
            (transferred, total) -> {
              if (transferred <= total / 2) {
                copy.listener().onProgress(transferred, total);
              }
            }));
  }

  static void copyingIntoFolder(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    boolean folder = Files.isDirectory(Path.of(copy.target()));
    String name = folder ? "/" + copy.source().getFileName() : "";
    right.streamFile(copy.source(), copy.target() + name);
  }

  static void hidingFailure(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    try {
      right.streamFile(copy);
    } catch (FileCopyException e) {
      // That is the fault.
    }
  }

  static Connection brokenByFailedCopy(Connection right) {
    AtomicBoolean broken = new AtomicBoolean();
    return Faults.copying(
            (connection, copy) -> {
              if (broken.get()) {
                throw new FileCopyException(ORIGIN, "broken since a failed copy", null);
              }
              try {
                connection.streamFile(copy);
              } catch (FileCopyException e) {
                broken.set(true);
                throw e;
              }
            })
        .apply(right);
  }

  static void copyingNothing(Connection right, FileCopy copy)
      throws ConnectionException, InterruptedException {
    if (copy != null) {
      right.streamFile(copy);
    }
  }
}
