package io.psconnect.winrm.internal.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Another clock for a program, by Debian's libfaketime. The library makes objects in shared memory
 * that are named by the program's process id, and ends the program if they are there; who kills
 * such a program leaves them behind for the next that is given the same id. So end it by asking.
 */
public final class FakeTime {
  /** The loader of programs knows what LIB is here. */
  private static final String LIBRARY = "/usr/$LIB/faketime/libfaketime.so.1";

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final Duration NEAR = Duration.ofMinutes(2);

  private FakeTime() {}

  /** What a program needs in its environment so that its clock is ahead of ours, or behind. */
  public static Map<String, String> ahead(Duration by) throws IOException {
    sweep();
    Map<String, String> clock =
        Map.of("LD_PRELOAD", LIBRARY, "FAKETIME", "%+d".formatted(by.toSeconds()));
    check(clock, by);
    return clock;
  }

  /** Deletes what processes have left that are no more. */
  private static void sweep() throws IOException {
    try (DirectoryStream<Path> objects =
        Files.newDirectoryStream(SHARED_MEMORY, "*faketime_{sem,shm}_*")) {
      for (Path object : objects) {
        String name = object.getFileName().toString();
        long owner = Long.parseLong(name.substring(name.lastIndexOf('_') + 1));
        if (ProcessHandle.of(owner).isEmpty()) {
          Files.deleteIfExists(object);
        }
      }
    }
  }

  /** A program whose library is not found runs all the same, with our clock. */
  private static void check(Map<String, String> clock, Duration by) throws IOException {
    ProcessBuilder date = new ProcessBuilder("date", "+%s").redirectErrorStream(true);
    date.environment().putAll(clock);
    byte[] output = date.start().getInputStream().readAllBytes();
    String told = new String(output, StandardCharsets.UTF_8).strip();
    if (!told.matches("\\d+") || !isNear(Instant.ofEpochSecond(Long.parseLong(told)), by)) {
      throw new IOException(
          "libfaketime gives no clock that is ahead by %s: %s".formatted(by, told));
    }
  }

  private static boolean isNear(Instant told, Duration by) {
    return Duration.between(Instant.now().plus(by), told).abs().compareTo(NEAR) < 0;
  }
}
