package io.psconnect.testkit.winrm;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** The system's Python, whose modules tests use where they are installed. */
final class Python {
  /** Debian's, to which its packages belong; another one may stand before it on PATH. */
  static final String PROGRAM = "/usr/bin/python3";

  private Python() {}

  /**
   * Skips the test where a package is missing, with the reason; fails it if {@code
   * PSCONNECT_REQUIRE} names the package.
   *
   * @param modules each module's name, and Debian's package that has it
   */
  static void requires(Map<String, String> modules) {
    List<String> missing =
        modules.entrySet().stream()
            .filter(module -> !imports(module.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    String reason =
        "%s has not what is in %s; on Debian: apt-get install --no-install-recommends %s"
            .formatted(PROGRAM, String.join(", ", missing), String.join(" ", missing));
    if (missing.stream().anyMatch(required()::contains)) {
      Assertions.fail(reason + "; PSCONNECT_REQUIRE demands it");
    }
    Assumptions.assumeTrue(missing.isEmpty(), reason);
  }

  private static boolean imports(String expression) {
    try {
      Process python = new ProcessBuilder(PROGRAM, "-c", expression).start();
      python.getOutputStream().close();
      return python.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Set<String> required() {
    return Stream.of(System.getenv().getOrDefault("PSCONNECT_REQUIRE", "").split(","))
        .map(String::strip)
        .collect(Collectors.toSet());
  }
}
