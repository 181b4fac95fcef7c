package io.psconnect.winrm.faults;

import static io.psconnect.ScriptState.MAY_HAVE_RUN;
import static io.psconnect.ScriptState.NOT_STARTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  private static final String WARM_UP = "answer before";

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      names = {"INLINE", "FRAMED"})
  void requestCutAtEachByteStartsAtMostOnce(Carrier carrier) throws Exception {
    cutAtEachByte(carrier, true);
  }

  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      names = {"INLINE", "FRAMED"})
  void answerCutAtEachByteStartsAtMostOnce(Carrier carrier) throws Exception {
    cutAtEachByte(carrier, false);
  }

  private static void cutAtEachByte(Carrier carrier, boolean isRequest) throws Exception {
    try (FaultyHost faulty = FaultyHost.sealed();
        CuttingRelay relay = new CuttingRelay(faulty.host.port())) {
      try (Connection connection =
          Connections.of(faulty.options().host("127.0.0.1").port(relay.port()).build())) {
        connection.open();
        Cuts cuts = new Cuts(faulty, relay, connection, carrier, isRequest);
        long length = cuts.length();
        assertTrue(length > 1_000, () -> "a call takes more than %d bytes".formatted(length));
        for (long bytes = 0; bytes < length; bytes += STEP) {
          cuts.after(bytes);
        }
        cuts.requireSomeOfEachKind();
      }
      faulty.requireNothingLeft();
    }
  }

  /** Of one call after another, on one connection. */
  private static final class Cuts {
    private final FaultyHost faulty;
    private final CuttingRelay relay;
    private final Connection connection;
    private final Carrier carrier;
    private final boolean isRequest;
    private int succeeded;
    private int unclear;

    Cuts(
        FaultyHost faulty,
        CuttingRelay relay,
        Connection connection,
        Carrier carrier,
        boolean isRequest) {
      this.faulty = faulty;
      this.relay = relay;
      this.connection = connection;
      this.carrier = carrier;
      this.isRequest = isRequest;
    }

    /** Of a call that is not cut, on connections that have been used. */
    long length() throws Exception {
      warmUp();
      warmUp();
      return isRequest ? relay.passedToHost() : relay.passedToClient();
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
      warmUp();
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
