package io.psconnect.winrm.faults;

import static io.psconnect.ScriptState.MAY_HAVE_RUN;
import static io.psconnect.ScriptState.NOT_STARTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call whose connections are cut after each byte, in either direction: its command is begun at
 * most once, and not at all where the caller is told so.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AtMostOnceTest {
  /**
   * Each byte takes 20 minutes: for that, set it to one, and JUnit's own property {@code
   * junit.jupiter.execution.timeout.mode} to {@code disabled}.
   */
  private static final int STEP = Integer.getInteger("psconnect.cut.step", 67);

  /** Another one each time. A failure says which it was: set it to that to see it again. */
  private static final int FROM =
      Integer.getInteger("psconnect.cut.from", new SplittableRandom().nextInt(STEP));

  /** A login takes so much more that it is cut at fewer places. */
  private static final int COLD_STEPS = 2;

  private static final String WARM_UP = "answer before";

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        arguments(Carrier.INLINE, false),
        arguments(Carrier.FRAMED, false),
        arguments(Carrier.INLINE, true));
  }

  @ParameterizedTest(name = "{0}, logs in anew: {1}")
  @MethodSource("calls")
  void requestCutAtEachByteStartsAtMostOnce(Carrier carrier, boolean isCold) throws Exception {
    cutAtEachByte(carrier, isCold, true);
  }

  @ParameterizedTest(name = "{0}, logs in anew: {1}")
  @MethodSource("calls")
  void answerCutAtEachByteStartsAtMostOnce(Carrier carrier, boolean isCold) throws Exception {
    cutAtEachByte(carrier, isCold, false);
  }

  private static void cutAtEachByte(Carrier carrier, boolean isCold, boolean isRequest)
      throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed();
        CuttingRelay relay = new CuttingRelay(faulty.host.port())) {
      try (Connection connection =
          Connections.of(faulty.options().host("127.0.0.1").port(relay.port()).build())) {
        connection.open();
        cutAtEachByte(new Cuts(faulty, relay, connection, carrier, isRequest, isCold));
      }
      faulty.requireNothingLeft();
    }
  }

  private static void cutAtEachByte(Cuts cuts) throws Exception {
    long length = cuts.length();
    assertTrue(length > 1_000, () -> "a call takes more than %d bytes".formatted(length));
    int step = cuts.isCold ? COLD_STEPS * STEP : STEP;
    try {
      for (long bytes = FROM; bytes < length; bytes += step) {
        cuts.after(bytes);
      }
      cuts.requireSomeOfEachKind();
    } catch (AssertionError e) {
      throw new AssertionError("with -Dpsconnect.cut.from=%d".formatted(FROM), e);
    }
  }

  /** Of one call after another, on one connection. */
  private static final class Cuts {
    private final FaultyHost faulty;
    private final CuttingRelay relay;
    private final Connection connection;
    private final Carrier carrier;
    private final boolean isRequest;
    private final boolean isCold;
    private int succeeded;
    private int unclear;

    Cuts(
        FaultyHost faulty,
        CuttingRelay relay,
        Connection connection,
        Carrier carrier,
        boolean isRequest,
        boolean isCold) {
      this.faulty = faulty;
      this.relay = relay;
      this.connection = connection;
      this.carrier = carrier;
      this.isRequest = isRequest;
      this.isCold = isCold;
    }

    /** Of a call that is not cut. */
    long length() throws Exception {
      prepare();
      relay.disarm();
      assertTrue(succeeds());
      faulty.requireNoCommands();
      return isRequest ? relay.passedToHost() : relay.passedToClient();
    }

    /** There is a shell; and connections that have been used, or none at all. */
    private void prepare() throws Exception {
      warmUp();
      if (isCold) {
        Waiting.until(faulty.host::toString, this::isCut);
      }
    }

    /** Whose answer was lost at that may have asked again. */
    private boolean isCut() {
      relay.cut();
      return faulty.host.openConnections() == 0;
    }

    private void warmUp() throws Exception {
      relay.disarm();
      Waiting.until(faulty.host::toString, this::succeeds);
      faulty.requireNoCommands();
      Waiting.until(faulty.host::toString, () -> faulty.host.openShells() == 1);
    }

    /** Connections that were cut with others may be found so only now. */
    private boolean succeeds() {
      try {
        return connection.runScript(Script.of(WARM_UP).withCarrier(carrier)).exitCode() == 3;
      } catch (ConnectionException e) {
        return false;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void after(long bytes) throws Exception {
      prepare();
      String script = "answer " + bytes;
      int before = faulty.host.commandLines().size();
      relay.arm(isRequest ? bytes : Long.MAX_VALUE, isRequest ? Long.MAX_VALUE : bytes);
      ScriptState state = stateAfter(script);
      relay.disarm();
      faulty.requireNoCommands();
      int begun = faulty.host.commandLines().size() - before;
      assertTrue(begun <= 1, () -> "%d commands begun: %s".formatted(begun, script));
      assertTrue(faulty.startsOf(script) <= 1, () -> "started twice: " + script);
      long started = faulty.startsOf(script);
      assertFalse(started > 0 && state == NOT_STARTED, () -> "started, and denied: " + script);
    }

    private ScriptState stateAfter(String script) throws Exception {
      try {
        assertEquals(3, connection.runScript(Script.of(script).withCarrier(carrier)).exitCode());
        succeeded++;
        return MAY_HAVE_RUN;
      } catch (ConnectionException e) {
        unclear += e.scriptState() == MAY_HAVE_RUN ? 1 : 0;
        return e.scriptState();
      }
    }

    /** A test of calls that all go well, or all fail, would show little. */
    void requireSomeOfEachKind() {
      assertTrue(succeeded > 0, "no call went well");
      assertTrue(unclear > 0, "no call was cut after its command");
    }
  }
}
