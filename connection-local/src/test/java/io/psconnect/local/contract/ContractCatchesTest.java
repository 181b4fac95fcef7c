package io.psconnect.local.contract;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A rule that no connection can break proves nothing: each is shown one that does. */
@RequiresProgram("pwsh")
class ContractCatchesTest {
  private static final Duration BOUND = Duration.ofMinutes(1);

  @TempDir static Path folder;

  /** They wait more than they work: several at once. */
  @TestFactory
  Stream<DynamicTest> ruleCatchesItsWrongConnection() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    Map<String, Method> rules = Rules.byId();
    List<DynamicTest> tests =
        WrongConnections.all().stream()
            .map(wrong -> test(wrong, pool.submit(() -> failure(rules.get(wrong.rule()), wrong))))
            .toList();
    return tests.stream().onClose(pool::shutdownNow);
  }

  private static DynamicTest test(WrongConnection wrong, Future<Throwable> failure) {
    return DynamicTest.dynamicTest(
        "%s catches a connection that %s".formatted(wrong.rule(), wrong.fault()),
        () -> assertCaught(failure.get()));
  }

  private static void assertCaught(Throwable failure) {
    assertNotNull(failure, "the rule was kept");
    assertTrue(
        failure instanceof AssertionError || failure instanceof ConnectionException,
        () -> "the rule failed, but not for the fault: " + failure);
  }

  private static Throwable failure(Method rule, WrongConnection wrong) throws Exception {
    Contract contract = new Contract(wrong);
    try {
      return assertTimeoutPreemptively(BOUND, () -> failure(rule, contract));
    } finally {
      contract.leaveNothing();
    }
  }

  private static Throwable failure(Method rule, Contract contract) throws IllegalAccessException {
    try {
      rule.invoke(contract);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  /** The contract on the right connection with a fault put on it. */
  private static final class Contract extends ConnectionContract {
    private final WrongConnection wrong;
    private final Connection right;

    Contract(WrongConnection wrong) throws UnsupportedBackendException {
      this.wrong = wrong;
      right = LocalPowerShell.named("pwsh");
    }

    @Override
    protected Connection newConnection() {
      return wrong.make().apply(right);
    }

    @Override
    protected String remoteFolder() {
      return folder.toString();
    }

    /** What takes longer here has been caught. */
    @Override
    protected Duration patience() {
      return Duration.ofSeconds(4);
    }

    /** The folders go with the temporary one; the fault may be in what cleans up. */
    void leaveNothing() {
      right.close();
      try {
        leaveNothingBehind();
      } catch (RuntimeException e) {
        // The right connection is closed, and that is what counts.
      }
    }
  }
}
