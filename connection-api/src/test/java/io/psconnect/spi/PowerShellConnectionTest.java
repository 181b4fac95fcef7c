package io.psconnect.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Origin;
import io.psconnect.OutputListener;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.powershell.PowerShellLaunch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection makes of its transport's events, with a host that does what the test says. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PowerShellConnectionTest {
  private static final Duration SOON = Duration.ofMillis(50);

  private final MemoryTransport host = new MemoryTransport();
  private final MemoryTransport.MemoryProcess process = host.process;
  private final PowerShellConnection connection =
      new PowerShellConnection(host, Duration.ofMinutes(1));

  @BeforeEach
  void open() throws Exception {
    connection.open();
  }

  @AfterEach
  void everyProcessWasLetGo() {
    connection.close();
    assertEquals(0, host.processes.get());
    assertEquals(1, host.closed.get());
  }

  @Test
  void resultHoldsOutputErrorsAndExitCode() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    process.stdout("out");
    process.stderr("err");
    process.exit(-1);
    assertEquals("out", call.get().stdout());
    assertEquals("err", call.get().stderr());
    assertEquals(-1, call.get().exitCode());
    assertFalse(call.get().truncated());
  }

  @Test
  void emptyInputHasAnEnd() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    assertEquals(0, process.inputEnd.get().length);
    process.exit(0);
    call.get();
  }

  @Test
  void frameComesBeforeTheInput() throws Exception {
    CompletableFuture<Result> call =
        run(Script.of("'abc'").withInput("data").withCarrier(Carrier.FRAMED));
    byte[] received = process.inputEnd.get();
    process.exit(0);
    call.get();
    assertEquals(
        "data", new String(Arrays.copyOfRange(received, received.length - 4, received.length)));
    assertTrue(new String(received).contains("'abc'"));
  }

  @Test
  void timeoutSaysThatTheScriptMayHaveRunAndThatItsProcessWasEnded() throws Exception {
    ConnectionTimeoutException e = timeoutOf(run(Script.of("1").withTimeout(SOON)));
    assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
    assertEquals(Termination.CONFIRMED, e.termination());
    assertEquals(
        "memory host01, running the script: did not end within 50 ms; allow more time if it needs"
            + " it; the PowerShell process and what it had started were ended",
        e.getMessage());
    assertEquals(1, process.kills.get());
  }

  @Test
  void timeoutOfAProcessThatCannotBeEndedSaysSo() throws Exception {
    process.unkillable = true;
    ConnectionTimeoutException e = timeoutOf(run(Script.of("1").withTimeout(SOON)));
    assertEquals(Termination.UNCONFIRMED, e.termination());
    assertTrue(e.getMessage().endsWith("may still be running"), e.getMessage());
  }

  @Test
  void timeoutWhileTheFrameIsOnItsWaySaysThatTheScriptDidNotStart() throws Exception {
    process.blocksInput = true;
    Script framed = Script.of("1").withCarrier(Carrier.FRAMED).withTimeout(SOON);
    assertEquals(ScriptState.NOT_STARTED, timeoutOf(run(framed)).scriptState());
  }

  @Test
  void interruptionEndsTheProcessAndSaysSo() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> thrown.set(assertThrows(Throwable.class, () -> connection.runScript("1"))));
    caller.start();
    host.started.await();
    caller.interrupt();
    caller.join();
    assertEquals(InterruptedException.class, thrown.get().getClass());
    assertEquals(
        "memory host01, running the script: interrupted; the PowerShell process and what it had"
            + " started were ended",
        thrown.get().getMessage());
    assertEquals(1, process.kills.get());
  }

  @Test
  void interruptedThreadStartsNothing() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> connection.runScript("1"));
    assertEquals(1, host.started.getCount());
  }

  @Test
  void closingDuringACallDropsItsSession() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    connection.close();
    ConnectionException e = failureOf(call, SessionDroppedException.class);
    assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
    assertTrue(e.getMessage().contains("closed by another thread"), e.getMessage());
    assertEquals(1, process.kills.get());
  }

  @Test
  void droppedSessionComesOutAsTheTransportPutIt() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    SessionDroppedException dropped =
        new SessionDroppedException(
            new Origin("memory", "host01", Phase.RUN), ScriptState.MAY_HAVE_RUN, "gone", null);
    process.exitCode.completeExceptionally(dropped);
    assertSame(dropped, failureOf(call, SessionDroppedException.class));
  }

  @Test
  void childThatHoldsTheOutputDoesNotHoldTheCall() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    process.stdout("out");
    process.exitCode.complete(0);
    assertEquals("out", call.get().stdout());
  }

  /** What was said before the end may be on its way for longer than silence is waited for. */
  @Test
  void outputThatStillComesAfterTheExitIsNotCutOff() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    process.exitCode.complete(0);
    StringBuilder said = new StringBuilder();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
    while (System.nanoTime() < end) {
      process.stdout("x");
      said.append('x');
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    assertFalse(call.isDone());
    process.outputEnd.complete(null);
    assertEquals(said.toString(), call.get().stdout());
  }

  @Test
  void sessionDroppedBeforeTheFrameHasLeftHasNotStartedTheScript() throws Exception {
    process.blocksInput = true;
    CompletableFuture<Result> call = run(Script.of("1").withCarrier(Carrier.FRAMED));
    process.exitCode.completeExceptionally(
        new SessionDroppedException(
            new Origin("memory", "host01", Phase.RUN), ScriptState.MAY_HAVE_RUN, "gone", null));
    SessionDroppedException e = failureOf(call, SessionDroppedException.class);
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    assertEquals("memory host01, running the script: gone", e.getMessage());
  }

  @Test
  void loginShellThatFindsNoPowerShellIsNoResult() throws Exception {
    process.absent = true;
    CompletableFuture<Result> call = run(Script.of("1"));
    process.stderr("sh: powershell.exe: not found\n");
    process.exit(0);
    UnsupportedBackendException e = failureOf(call, UnsupportedBackendException.class);
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    assertEquals(
        "memory host01, running the script: PowerShell did not start on the host (exit code 0); it"
            + " said: sh: powershell.exe: not found; check that it is installed there and is what"
            + " the connection's options call it",
        e.getMessage());
  }

  @Test
  void processAnnouncesItsIdWhereTheTransportNeedsIt() throws Exception {
    host.needsProcessId = true;
    CompletableFuture<Result> call = run(Script.of("1"));
    process.exit(0);
    call.get();
    assertTrue(PowerShellLaunch.isAnnouncing(host.launches.get(0)));
  }

  @Test
  void processSaysNothingOfItsIdWhereNobodyNeedsIt() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1"));
    process.exit(0);
    call.get();
    assertFalse(PowerShellLaunch.isAnnouncing(host.launches.get(0)));
  }

  @Test
  void listenerIsToldOfOutputAsItComes() throws Exception {
    CompletableFuture<String> told = new CompletableFuture<>();
    CompletableFuture<Result> call =
        run(Script.of("1").withListener(onStdout(chunk -> told.complete(text(chunk)))));
    process.stdout("early");
    assertEquals("early", told.get());
    assertFalse(call.isDone());
    process.exit(0);
    call.get();
  }

  @Test
  void listenerThatThrowsEndsTheProcessAndComesOut() throws Exception {
    IllegalStateException thrown = new IllegalStateException("enough");
    CompletableFuture<Result> call =
        run(
            Script.of("1")
                .withListener(
                    onStdout(
                        chunk -> {
                          throw thrown;
                        })));
    process.stdout("x");
    assertSame(thrown, failureOf(call, IllegalStateException.class));
    assertEquals(1, process.kills.get());
  }

  @Test
  void fullHeapEndsTheProcessAndComesOut() throws Exception {
    CompletableFuture<Result> call =
        run(
            Script.of("1")
                .withListener(
                    onStdout(
                        chunk -> {
                          throw new OutOfMemoryError("test");
                        })));
    process.stdout("x");
    failureOf(call, OutOfMemoryError.class);
    assertEquals(1, process.kills.get());
  }

  @Test
  void inputThatCannotBeOpenedStartsNothing() {
    Script script =
        Script.of("1")
            .withInput(
                () -> {
                  throw new IOException("no such file");
                });
    ConnectionException e =
        assertThrows(ConnectionException.class, () -> connection.runScript(script));
    assertEquals(ScriptState.NOT_STARTED, e.scriptState());
    assertTrue(e.getMessage().endsWith("the script's input cannot be opened: no such file"));
    assertEquals(1, host.started.getCount());
  }

  @Test
  void inputThatBreaksEndsTheProcess() throws Exception {
    CompletableFuture<Result> call = run(Script.of("1").withInput(BrokenInput::new));
    ConnectionException e = failureOf(call, ConnectionException.class);
    assertEquals(ScriptState.MAY_HAVE_RUN, e.scriptState());
    assertTrue(e.getMessage().endsWith("the script's input could not be read: disk on fire"));
    assertEquals(1, process.kills.get());
  }

  @Test
  void scriptTooLongForTheCommandLineIsRefusedInlineByName() {
    Script script = Script.of("#" + "x".repeat(10_000)).withCarrier(Carrier.INLINE);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> connection.runScript(script));
    assertTrue(e.getMessage().contains("8000"), e.getMessage());
    assertEquals(1, host.started.getCount());
  }

  @Test
  void healthcheckRefusesAnAnswerThatIsNone() throws Exception {
    CompletableFuture<Object> check = supply(connection::healthcheck);
    host.started.await();
    process.stdout("hello\n");
    process.exit(0);
    failureOf(check, UnsupportedBackendException.class);
  }

  @Test
  void openingAgainDoesNothingAndClosingAgainDoesNothing() throws Exception {
    connection.open();
    assertEquals(1, host.opened.get());
    connection.close();
    connection.close();
    assertEquals(1, host.closed.get());
  }

  @Test
  void closingEndsAnOpenThatIsUnderWay() throws Exception {
    MemoryTransport slow = new MemoryTransport();
    slow.opensSlowly = true;
    PowerShellConnection fresh = new PowerShellConnection(slow, Duration.ZERO);
    CompletableFuture<Boolean> opening =
        supply(
            () -> {
              try {
                fresh.open();
              } catch (SessionDroppedException e) {
                assertEquals(ScriptState.NOT_STARTED, e.scriptState());
                assertEquals(
                    "memory host01, connecting: the connection was closed by another thread while"
                        + " it was being opened",
                    e.getMessage());
              }
              return Thread.currentThread().isInterrupted();
            });
    slow.opening.await();
    fresh.close();
    assertFalse(opening.get());
    assertEquals(0, slow.opened.get());
    assertEquals(1, slow.closed.get());
  }

  @Test
  void callsOutsideTheConnectionsLifeAreRefused() {
    PowerShellConnection fresh = new PowerShellConnection(new MemoryTransport(), Duration.ZERO);
    assertEquals(
        "the memory connection is not open; call open() first",
        assertThrows(IllegalStateException.class, () -> fresh.runScript("1")).getMessage());
    fresh.close();
    assertEquals(
        "the memory connection is closed; make a new one",
        assertThrows(IllegalStateException.class, fresh::open).getMessage());
  }

  private CompletableFuture<Result> run(Script script) throws InterruptedException {
    CompletableFuture<Result> call = supply(() -> connection.runScript(script));
    host.started.await();
    return call;
  }

  private interface Call<T> {
    T run() throws Exception;
  }

  private static <T> CompletableFuture<T> supply(Call<? extends T> call) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(call.run());
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private static ConnectionTimeoutException timeoutOf(CompletableFuture<?> call) {
    return failureOf(call, ConnectionTimeoutException.class);
  }

  private static <E extends Throwable> E failureOf(CompletableFuture<?> call, Class<E> type) {
    Throwable cause = assertThrows(ExecutionException.class, call::get).getCause();
    assertEquals(type, cause.getClass(), () -> "unexpected " + cause);
    return type.cast(cause);
  }

  private interface Chunks {
    void accept(ByteBuffer chunk);
  }

  private static OutputListener onStdout(Chunks chunks) {
    return new OutputListener() {
      @Override
      public void onStdout(ByteBuffer chunk) {
        chunks.accept(chunk);
      }
    };
  }

  private static String text(ByteBuffer chunk) {
    return java.nio.charset.StandardCharsets.UTF_8.decode(chunk).toString();
  }

  private static final class BrokenInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk on fire");
    }
  }
}
