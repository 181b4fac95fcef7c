package io.psconnect.winrm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.testkit.winrm.WinRmOperation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long one message may take says nothing of how long a script may be silent. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestTimeoutTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  @Test
  void scriptMayBeSilentForLongerThanOneMessageMayTake() throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed();
        Connection connection = Connections.of(faulty.options().requestTimeout(TIMEOUT).build())) {
      connection.open();
      Thread silence = new Thread(() -> releaseAfterTheTimeout(faulty));
      silence.setDaemon(true);
      silence.start();
      assertEquals(0, connection.runScript(Script.of("hold")).exitCode());
    }
  }

  private static void releaseAfterTheTimeout(FaultyHost faulty) {
    Waiting.until(faulty.host::toString, () -> receives(faulty) > 0);
    long begin = System.nanoTime();
    Waiting.until(
        faulty.host::toString,
        () -> System.nanoTime() - begin > TIMEOUT.toNanos() && receives(faulty) > 2);
    faulty.release();
  }

  private static long receives(FaultyHost faulty) {
    return faulty.host.operations().stream().filter(WinRmOperation.RECEIVE::equals).count();
  }
}
