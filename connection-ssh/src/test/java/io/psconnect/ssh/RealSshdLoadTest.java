package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.QuotaException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls on one session, and fewer channels than calls. */
@OnRealSshd
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealSshdLoadTest {
  private static final int CALLS = 200;
  private static final int THREADS = 32;

  @Test
  void twoHundredCallsOf32ThreadsAllSucceedOnOneSessionFourAtATime() throws Exception {
    try (RealSshd sshd = RealSshd.start();
        Connection connection = SshConnections.to(sshd.options());
        MostAtOnce powerShells = new MostAtOnce(sshd)) {
      connection.open();
      assertAnswers(connection, CALLS);
      assertEquals(4, powerShells.seen(), "PowerShell processes at once");
      assertEquals(1, occurrences(sshd.log(), "Accepted publickey"), sshd::log);
      assertEquals(0, occurrences(sshd.log(), "no more sessions"), sshd::log);
    }
  }

  @Test
  void callsBeyondTheHostsMaxSessionsWait() throws Exception {
    try (RealSshd sshd = RealSshd.builder().maxSessions(2).start();
        Connection connection = SshConnections.to(sshd.options().maxSessions(8))) {
      connection.open();
      assertAnswers(connection, 16);
      assertTrue(occurrences(sshd.log(), "no more sessions") > 0, "the limit was never reached");
    }
  }

  @Test
  void callForWhichTheHostNeverHasASessionIsOverItsQuota() throws Exception {
    try (RealSshd sshd = RealSshd.builder().maxSessions(1).start();
        Connection connection = SshConnections.to(sshd.options())) {
      connection.open();
      FirstLine begun = new FirstLine();
      Script holding = Script.of("'begun'; Start-Sleep 100").withListener(begun);
      Attempt<Result> holder = Attempt.start(() -> connection.runScript(holding));
      begun.await();
      Script waiting = Script.of("'x'").withTimeout(Duration.ofSeconds(2));
      Attempt<Result> call = Attempt.start(() -> connection.runScript(waiting));
      QuotaException e = call.failure(QuotaException.class);
      assertEquals(ScriptState.NOT_STARTED, e.scriptState());
      assertTrue(e.getMessage().contains("MaxSessions"), e.getMessage());
      holder.interrupt();
      holder.failure(InterruptedException.class);
    }
  }

  private static void assertAnswers(Connection connection, int calls) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        Script script = Script.of("\"%d\"; exit %d".formatted(i, i % 100));
        results.add(pool.submit(() -> connection.runScript(script)));
      }
      for (int i = 0; i < calls; i++) {
        Result result = results.get(i).get();
        assertEquals(i % 100, result.exitCode());
        assertEquals(Integer.toString(i), result.stdout().strip());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
