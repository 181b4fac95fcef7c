package io.psconnect.winrm.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.QuotaException;
import io.psconnect.ScriptState;
import io.psconnect.spi.Deadline;
import io.psconnect.winrm.faults.Waiting;
import io.psconnect.winrm.internal.PlayedHost;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ShellPoolTest {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final PlayedHost played = new PlayedHost(command -> {});
  private final Background background = new Background();
  private final ShellPool pool = pool(1);

  private ShellPool pool(int maxShells) {
    ShellSettings settings =
        ShellSettings.of("http://played/wsman", "powershell.exe", maxShells, Duration.ZERO);
    ShellHost host = new ShellHost(played, settings, phase -> new Origin("winrm", "played", phase));
    return new ShellPool(host, background, maxShells, PATIENCE);
  }

  /** The host has the shell, and does not say so yet. */
  private void holdCreate() {
    played.after(
        request -> {
          if (request.operation().equals("Create")) {
            asked.countDown();
            answer.await();
          }
          return null;
        });
  }

  private static final class Acquisition {
    final CompletableFuture<Shell> shell = new CompletableFuture<>();
    final Thread thread;

    Acquisition(ShellPool pool) {
      thread =
          new Thread(
              () -> {
                try {
                  shell.complete(pool.acquire(Deadline.none()));
                } catch (Throwable e) {
                  shell.completeExceptionally(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    Throwable failure() {
      return assertThrows(ExecutionException.class, shell::get).getCause();
    }
  }

  @Test
  void aShellThatComesAfterTheEndIsDeleted() throws Exception {
    holdCreate();
    Acquisition opener = new Acquisition(pool);
    asked.await();
    opener.thread.interrupt();
    assertInstanceOf(InterruptedException.class, opener.failure());
    Thread closer = new Thread(pool::close);
    closer.start();
    Waiting.until(() -> "closing waits for what is under way", () -> waits(closer));
    answer.countDown();
    closer.join();
    assertEquals(1, played.requests("Delete").size());
    assertEquals(0, played.openShells());
  }

  private static boolean waits(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("awaitTermination"));
  }

  @Test
  void whoComesWhileTheEndIsUnderWayIsToldSo() {
    background.close(Duration.ofSeconds(1));
    for (int i = 0; i < 2; i++) {
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> pool.acquire(Deadline.none()));
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      assertTrue(e.getMessage().contains("closed"), e::getMessage);
    }
  }

  @Test
  void anErrorIsToldAndLeavesThePoolUsable() throws Exception {
    played.before(
        request -> {
          throw new NoClassDefFoundError("a jar is broken");
        });
    for (int i = 0; i < 2; i++) {
      assertInstanceOf(NoClassDefFoundError.class, new Acquisition(pool).failure());
    }
    played.before(request -> null);
    assertEquals(1, pool.acquire(Deadline.none()).commands());
    pool.close();
  }

  @Test
  void whoWaitsForAShellThatIsBeingMadeWaitsByTheDeadlineAlone() throws Exception {
    holdCreate();
    Acquisition first = new Acquisition(pool);
    asked.await();
    Acquisition second = new Acquisition(pool);
    assertThrows(TimeoutException.class, () -> second.shell.get(500, TimeUnit.MILLISECONDS));
    answer.countDown();
    assertEquals(first.shell.get(), second.shell.get());
    pool.close();
  }

  @Test
  void aNewShellThatIsRefusedItsFirstCommandIsNotFollowedByAnother() throws Exception {
    ShellPool two = pool(2);
    Shell busy = two.acquire(Deadline.none());
    two.refuse(two.acquire(Deadline.none()));
    Shell fresh = two.acquire(Deadline.none());
    two.refuse(fresh);
    assertThrows(QuotaException.class, () -> two.acquire(Deadline.none()));
    assertEquals(2, played.requests("Create").size());
    two.release(busy);
    assertEquals(busy, two.acquire(Deadline.none()));
    two.close();
  }

  @Test
  void whoWaitsForOthersCommandsIsToldOfTheHostsLimits() throws Exception {
    Shell only = pool.acquire(Deadline.none());
    Shell same = pool.acquire(Deadline.none());
    pool.refuse(same);
    QuotaException e = assertThrows(QuotaException.class, () -> pool.acquire(Deadline.none()));
    assertTrue(e.getMessage().contains("none ended within 50 ms"), e::getMessage);
    pool.release(only);
    pool.close();
  }
}
