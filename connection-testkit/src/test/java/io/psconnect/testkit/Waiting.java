package io.psconnect.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Waits for a condition, and ends with the test's time limit, which interrupts. */
public final class Waiting {
  private Waiting() {}

  public static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  /** Of threads whose names begin so, none is left after a while. */
  public static void untilNoThreads(String... beginnings) throws InterruptedException {
    Set<String> left = threads(beginnings);
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      Thread.sleep(20);
      left = threads(beginnings);
    }
    assertEquals(Set.of(), left);
  }

  private static Set<String> threads(String... beginnings) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> Stream.of(beginnings).anyMatch(name::startsWith))
        .collect(Collectors.toSet());
  }
}
