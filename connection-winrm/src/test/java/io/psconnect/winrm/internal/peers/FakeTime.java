package io.psconnect.winrm.internal.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Another clock for a program, by Debian's {@code faketime}. */
public final class FakeTime {
  private FakeTime() {}

  /** What a program needs in its environment so that its clock is ahead of ours, or behind. */
  public static Map<String, String> ahead(Duration by) throws IOException {
    return Map.of("LD_PRELOAD", library(), "FAKETIME", "%+d".formatted(by.toSeconds()));
  }

  /** The program of that name would stay between us and what it starts. */
  private static String library() throws IOException {
    Process process = new ProcessBuilder("faketime", "-f", "+0", "printenv", "LD_PRELOAD").start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
