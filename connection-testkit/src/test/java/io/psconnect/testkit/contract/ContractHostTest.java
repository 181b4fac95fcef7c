package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.Connection;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.UnsupportedBackendException;
import java.io.FileNotFoundException;
import org.junit.jupiter.api.Test;

/** A backend's test class may throw what it likes where it makes its connection. */
class ContractHostTest {

  @Test
  void exceptionOfTheLookUpReachesTheRuleAsItIs() {
    Exception missing =
        new UnsupportedBackendException(new Origin("x", "", Phase.LOOKUP), "no", null);

    assertSame(
        missing,
        assertThrows(
            UnsupportedBackendException.class, () -> new Contract(missing).host().unopened()));
  }

  @Test
  void anyOtherCheckedExceptionFailsTheRuleAndIsItsCause() {
    Exception absent = new FileNotFoundException("no key");

    AssertionError failure =
        assertThrows(AssertionError.class, () -> new Contract(absent).host().unopened());

    assertEquals("newConnection() made none: no key", failure.getMessage());
    assertSame(absent, failure.getCause());
  }

  private static final class Contract extends ConnectionContract {
    private final Exception failure;

    Contract(Exception failure) {
      this.failure = failure;
    }

    @Override
    protected Connection newConnection() throws Exception {
      throw failure;
    }

    @Override
    protected String remoteFolder() {
      return "/tmp";
    }
  }
}
