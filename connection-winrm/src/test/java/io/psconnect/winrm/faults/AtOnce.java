package io.psconnect.winrm.faults;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** For what takes time only because somebody waits. */
public final class AtOnce {
  private AtOnce() {}

  /** Like {@link Assertions#assertAll}, on a thread for each. */
  public static void assertAll(Stream<Executable> works) {
    List<CompletableFuture<Void>> outcomes = works.map(AtOnce::inBackground).toList();
    Assertions.assertAll(outcomes.stream().map(outcome -> (Executable) outcome::get));
  }

  private static CompletableFuture<Void> inBackground(Executable work) {
    CompletableFuture<Void> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                work.execute();
                outcome.complete(null);
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }
}
