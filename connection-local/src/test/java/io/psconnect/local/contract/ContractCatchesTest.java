package io.psconnect.local.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import io.psconnect.Connection;
import io.psconnect.testkit.contract.ConnectionContract;
import io.psconnect.testkit.contract.RequiresProgram;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** A rule that no connection can break proves nothing: each is shown one that does. */
@RequiresProgram("pwsh")
class ContractCatchesTest {
  private static final Duration BOUND = Duration.ofMinutes(1);

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> ruleCatchesItsWrongConnection() {
    Map<String, Method> rules = Rules.byId();
    return WrongConnections.all().stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.rule() + " catches one that " + wrong.fault(),
                    () -> assertCaught(rules.get(wrong.rule()), wrong)));
  }

  private static void assertCaught(Method rule, WrongConnection wrong) {
    Contract contract = new Contract(wrong);
    try {
      Throwable failure =
          assertTimeoutPreemptively(
              BOUND, () -> assertThrows(InvocationTargetException.class, () -> rule.invoke(contract)))
              .getCause();
      if (failure instanceof TestAbortedException) {
        fail("the rule was skipped", failure);
      }
    } finally {
      contract.leaveNothing();
    }
  }

  /** The contract on the right connection with a fault put on it. */
  private static final class Contract extends ConnectionContract {
    private final WrongConnection wrong;
    private final Connection right = LocalPowerShell.named("pwsh");

    Contract(WrongConnection wrong) {
      this.wrong = wrong;
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

    void leaveNothing() {
      right.close();
    }
  }
}
