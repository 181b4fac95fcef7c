package io.psconnect.testkit.contract;

import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.Connection;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.FakeConnection;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
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

  @Test
  void whatThePlatformSaysIsPassedOver() throws Exception {
    FakeConnection connection = new FakeConnection();
    connection
        .runner()
        .whenScriptContains("x")
        .thenReturn(
            Result.ofBytes(3, new byte[] {-1}, bytes("a\nnoise:1\né\nnoise:"), ZERO, false));

    Result result = new Noisy(connection).host().run("x");

    assertEquals("a\né\n", result.stderr());
    assertEquals(3, result.exitCode());
    assertArrayEquals(new byte[] {-1}, result.stdoutBytes());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Noisy extends ConnectionContract {
    private final Connection connection;

    Noisy(Connection connection) {
      this.connection = connection;
    }

    @Override
    protected Connection newConnection() {
      return connection;
    }

    @Override
    protected String remoteFolder() {
      return "/tmp";
    }

    @Override
    protected Optional<Pattern> platformNoise() {
      return Optional.of(Pattern.compile("noise:.*\\R?"));
    }
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
