package io.psconnect.local;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between the corpus, recorded on Linux, and the Windows build under Wine, and why.
 */
final class PlatformDifferences {
  /** Scripts that start a program of Linux, which is not there. */
  private static final List<String> NEED_LINUX_PROGRAMS =
      List.of(
          "native-7",
          "native-7-then-ok",
          "native-exit-last",
          "native-last-0",
          "native-in",
          "native-in-wc",
          "native-err",
          "native-both-err",
          "stdin-both",
          "child-pwsh",
          "child-pwsh-encoded-err",
          "child-block");

  /** Line ends of two characters count in a length. */
  private static final Map<String, String> OUTPUT = Map.ofEntries(entry("input-join", "10\n"));

  /** Wine hands the Unix side eight bits, and 1 for a 256; a process that was killed gives 255. */
  private static final Map<String, Integer> EXIT_CODES =
      Map.ofEntries(entry("exit-256", 1), entry("stop-process", 255));

  /** A folder that only Linux has. */
  private static final List<String> NEED_LINUX_FOLDERS = List.of("set-location");

  private PlatformDifferences() {}

  /** Why a script cannot be run here; empty if it can. */
  static Optional<String> obstacle(String id) {
    if (NEED_LINUX_PROGRAMS.contains(id)) {
      return Optional.of("starts bash or pwsh, which are not on Windows' PATH");
    }
    return NEED_LINUX_FOLDERS.contains(id) ? Optional.of("goes to /tmp") : Optional.empty();
  }

  static String stdout(Recording recording) {
    return OUTPUT.getOrDefault(recording.id(), recording.stdout());
  }

  /** Paths are told as Windows has them. */
  static String stderr(Recording recording) {
    return recording
        .stderr()
        .replace("'/no/such/path'", "'C:\\no\\such\\path'")
        .replace("'/nope'", "'C:\\nope'");
  }

  static int exitCode(Recording recording) {
    return EXIT_CODES.getOrDefault(recording.id(), recording.exitCode());
  }
}
