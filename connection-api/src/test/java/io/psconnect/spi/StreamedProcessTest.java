package io.psconnect.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a process of which a library gives three streams and a wait. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamedProcessTest {
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final MemoryTransport host = new MemoryTransport();
  private final Output output = new Output();
  private final Input stdin = new Input();
  private final PipedOutputStream stdout = new PipedOutputStream();
  private final PipedOutputStream stderr = new PipedOutputStream();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final AtomicInteger released = new AtomicInteger();

  @Test
  void outputAndExitCodeAreHandedOn() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    write(stdout, "out");
    write(stderr, "PSCONNECT-PID 4711\nerr");
    closeOutput();
    end.complete(3);
    process.outputEnd().get();
    assertEquals(3, process.exitCode().get());
    assertEquals("out", output.stdout.toString(StandardCharsets.UTF_8));
    assertEquals("err", output.stderr.toString(StandardCharsets.UTF_8));
    assertTrue(process.hasStarted());
  }

  @Test
  void inputIsFlushedBeforeItEnds() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    try (OutputStream input = process.stdin()) {
      write(input, "in");
      input.write('!');
    }
    assertEquals(List.of("write in", "flush", "write !", "flush", "close"), stdin.calls);
    closeOutput();
  }

  @Test
  void inputThatCouldNotBeWrittenDoesNotEnd() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    stdin.failing = true;
    OutputStream input = process.stdin();
    assertThrows(IOException.class, () -> write(input, "in"));
    input.close();
    assertEquals(List.of("write in"), stdin.calls);
    closeOutput();
  }

  @Test
  void inputThatCouldNotBeFlushedAtTheEndDoesNotEnd() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    OutputStream input = process.stdin();
    input.write('!');
    stdin.failing = true;
    assertThrows(IOException.class, input::close);
    assertEquals(List.of("write !", "flush"), stdin.calls);
    closeOutput();
  }

  @Test
  void whatNeverSaidItsIdHasNotStarted() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    write(stderr, "pwsh: not found\n");
    closeOutput();
    process.outputEnd().get();
    assertFalse(process.hasStarted());
  }

  @Test
  void exitCodeDoesNotWaitForOutputThatSomethingHolds() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    end.complete(7);
    assertEquals(7, process.exitCode().get());
    assertFalse(process.outputEnd().isDone());
    closeOutput();
  }

  @Test
  void exitCodeIsAskedForAfterTheOutputWhereThatIsSaid() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Callable<Integer> exitCode = asked::incrementAndGet;
    StreamedProcess process = describe().exitCodeAfterOutput(exitCode).start(host, output);
    stdout.close();
    assertFalse(isDoneSoon(process.exitCode()));
    assertEquals(0, asked.get());
    stderr.close();
    assertEquals(1, process.exitCode().get());
  }

  private static boolean isDoneSoon(CompletableFuture<?> future) throws Exception {
    try {
      future.get(SOON.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Test
  void exitCodeThatCannotBeLearntIsALostSession() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    end.completeExceptionally(new IOException("connection reset"));
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> process.exitCode().get());
    SessionDroppedException dropped = (SessionDroppedException) failure.getCause();
    assertEquals(ScriptState.MAY_HAVE_RUN, dropped.scriptState());
    assertTrue(dropped.getMessage().startsWith("memory host01"), dropped.getMessage());
    assertTrue(dropped.getMessage().contains("connection reset"), dropped.getMessage());
    closeOutput();
  }

  @Test
  void exitCodeHasToBeDescribed() throws Exception {
    StreamedProcess.Builder description = describe();
    assertThrows(IllegalStateException.class, () -> description.start(host, output));
  }

  @Test
  void killWaitsForTheIdAndEndsTheProcessByASecondOne() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    CompletableFuture<Boolean> kill = kill(process, LONG);
    assertEquals(0, host.launches.size());
    write(stderr, "PSCONNECT-PID 4711\n");
    host.started.await();
    assertEquals(0, host.process.inputEnd.get().length);
    assertEquals(0, released.get());
    host.process.exit(0);
    assertTrue(kill.get());
    assertEquals(1, released.get());
    assertEquals(0, host.processes.get());
    String script = PowerShellLaunch.parse(host.launches.get(0), InputStream.nullInputStream());
    assertEquals(OptionalLong.of(4711), ProcessTreeEnd.processId(script));
    closeOutput();
  }

  @Test
  void endThatTheSecondProcessDidNotSeeIsNotClaimed() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    write(stderr, "PSCONNECT-PID 4711\n");
    host.process.exit(1);
    assertFalse(process.kill(LONG));
    assertEquals(1, released.get());
    closeOutput();
  }

  @Test
  void processThatSaysNoIdIsLetGoAfterTheGrace() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    assertFalse(process.kill(SOON));
    assertEquals(1, released.get());
    assertEquals(List.of(), host.launches);
    closeOutput();
  }

  @Test
  void processThatEndedWithoutAnIdIsNotWaitedFor() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(host, output);
    closeOutput();
    assertFalse(process.kill(Duration.ofDays(1)));
    assertEquals(1, released.get());
  }

  @Test
  void secondProcessThatDoesNotStartIsAnEndThatWasNotSeen() throws Exception {
    StreamedProcess process = describe().exitCode(end::get).start(new LostTransport(), output);
    write(stderr, "PSCONNECT-PID 4711\n");
    assertFalse(process.kill(LONG));
    assertEquals(1, released.get());
    closeOutput();
  }

  @Test
  void releaseThatFailsDoesNotHideTheEnd() throws Exception {
    StreamedProcess.Builder description =
        describe()
            .exitCode(end::get)
            .release(
                () -> {
                  throw new IllegalStateException("closed already");
                });
    StreamedProcess process = description.start(host, output);
    write(stderr, "PSCONNECT-PID 4711\n");
    host.process.exit(0);
    assertTrue(process.kill(LONG));
    closeOutput();
  }

  private StreamedProcess.Builder describe() throws IOException {
    return StreamedProcess.of(stdin, new PipedInputStream(stdout), new PipedInputStream(stderr))
        .release(released::incrementAndGet);
  }

  private static CompletableFuture<Boolean> kill(StreamedProcess process, Duration grace) {
    CompletableFuture<Boolean> killed = new CompletableFuture<>();
    Thread killer =
        new Thread(
            () -> {
              try {
                killed.complete(process.kill(grace));
              } catch (InterruptedException e) {
                killed.completeExceptionally(e);
              }
            });
    killer.setDaemon(true);
    killer.start();
    return killed;
  }

  private static void write(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(StandardCharsets.UTF_8));
    stream.flush();
  }

  private void closeOutput() throws IOException {
    stdout.close();
    stderr.close();
  }

  /** Notes what is done to it. */
  private static final class Input extends OutputStream {
    private final List<String> calls = new ArrayList<>();
    private boolean failing;

    @Override
    public void write(int b) {
      throw new AssertionError("written byte by byte");
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      called("write " + new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() throws IOException {
      called("flush");
    }

    @Override
    public void close() throws IOException {
      called("close");
    }

    private void called(String call) throws IOException {
      calls.add(call);
      if (failing) {
        throw new IOException("the window stayed closed");
      }
    }
  }

  private static final class Output implements OutputSink {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void stdout(byte[] buffer, int offset, int length) {
      stdout.write(buffer, offset, length);
    }

    @Override
    public void stderr(byte[] buffer, int offset, int length) {
      stderr.write(buffer, offset, length);
    }
  }

  /** Starts nothing any more. */
  private static final class LostTransport implements Transport {
    @Override
    public String backend() {
      return "lost";
    }

    @Override
    public int argumentBudget() {
      return 8_000;
    }

    @Override
    public RemoteProcess start(List<String> arguments, OutputSink output, Deadline deadline)
        throws ConnectionException {
      throw new UnreachableException(new Origin("lost", "", Phase.START), "gone", null);
    }
  }
}
