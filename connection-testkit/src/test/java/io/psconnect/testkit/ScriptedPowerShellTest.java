package io.psconnect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopyException;
import io.psconnect.Health;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import io.psconnect.powershell.FileReceiver;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import io.psconnect.spi.Deadline;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ScriptedPowerShellTest {
  private static final Duration LONG = Duration.ofDays(1);
  private static final Result NOTHING = Result.of(0, "", "");

  private final ScriptedPowerShell powerShell = new ScriptedPowerShell();
  private final Connection connection = powerShell.connection();

  @BeforeEach
  void open() throws Exception {
    connection.open();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    connection.close();
    assertEquals(0, powerShell.openProcesses());
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void theScriptIsFoundWhateverCarriesItAndAnsweredByTheRules(Carrier carrier) throws Exception {
    String text = "'\u2019\uD83D\uDE00 $x `\r\n\"' # Get-VM\0";
    powerShell.whenScriptContains("Get-VM").thenReturn(Result.of(-5, "ü\r\n", "é\r\n"));

    Result result = connection.runScript(Script.of(text).withCarrier(carrier));

    ResultAssert.assertThat(result).hasExitCode(-5).hasStdout("ü\r\n").hasStderr("é\r\n");
    assertEquals(text, powerShell.scripts().get(0).text());
  }

  @Test
  void aScriptTooLongForACommandLineComesByStandardInput() throws Exception {
    String text = "x".repeat(300_000);
    powerShell.whenScriptContains("xx").thenReturn(Result.of(0, "yes", ""));

    assertEquals("yes", connection.runScript(text).stdout());
    assertEquals(text, powerShell.scripts().get(0).text());
  }

  @ParameterizedTest
  @EnumSource(Carrier.class)
  void theInputBehindTheScriptIsWhatTheRuleReads(Carrier carrier) throws Exception {
    byte[] input = new byte[5_000_000];
    new Random(1).nextBytes(input);
    powerShell
        .whenScript("an echo", script -> inputBytes(script).length == input.length)
        .thenAnswer(
            script -> Result.ofBytes(0, inputBytes(script), new byte[0], Duration.ZERO, false));

    Result result = connection.runScript(Script.of("x").withCarrier(carrier).withInput(input));

    assertArrayEquals(input, result.stdoutBytes());
  }

  private static byte[] inputBytes(Script script) {
    try (InputStream input = script.input().open()) {
      return input.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void inputThatNobodyReadsHoldsNothingUp() throws Exception {
    powerShell.whenScriptContains("x").thenReturn(Result.of(0, "done", ""));

    Result result = connection.runScript(Script.of("x").withInput(new byte[5_000_000]));

    assertEquals("done", result.stdout());
  }

  @Test
  void errorTextIsWrittenAsCliXmlUnlessToldOtherwise() throws Exception {
    powerShell.whenScriptContains("x").thenReturn(Result.of(1, "", "a <_x000A_>\r\nb"));

    assertEquals(
        "#< CLIXML\r\n<Objs Version=\"1.1.0.1\""
            + " xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
            + "<S S=\"Error\">a &lt;_x005F_x000A_&gt;_x000D__x000A_</S><S S=\"Error\">b</S></Objs>",
        process("x").stderr());
    powerShell.writeErrorsAs(ErrorFormat.RAW);
    assertEquals("a <_x000A_>\r\nb", process("x").stderr());
  }

  @Test
  void withoutErrorTextNothingIsWrittenToTheErrorStream() throws Exception {
    powerShell.whenScriptContains("x").thenReturn(NOTHING);

    assertEquals("", process("x").stderr());
  }

  private record Ended(int exitCode, String stdout, String stderr) {}

  private Ended process(String script) throws Exception {
    PowerShellLaunch launch = PowerShellLaunch.of(script, Carrier.FRAMED, 8_000);
    return process(launch.arguments(), launch.frame());
  }

  private Ended process(List<String> arguments, byte[] stdin) throws Exception {
    ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    int code = powerShell.run(arguments, new ByteArrayInputStream(stdin), stdout, stderr);
    return new Ended(code, stdout.toString(UTF_8), stderr.toString(UTF_8));
  }

  @Test
  void argumentsWithoutAScriptAreAUsageError() throws Exception {
    Ended ended = process(List.of("-NoSuchOption"), new byte[0]);

    assertEquals(64, ended.exitCode());
    assertTrue(ended.stderr().startsWith("#< CLIXML"), ended.stderr());
    assertEquals(List.of(), powerShell.scripts());
  }

  @Test
  void standardInputThatEndsInsideTheFrameRunsNothing() throws Exception {
    powerShell.whenScript("anything", script -> true).thenReturn(NOTHING);
    PowerShellLaunch launch = PowerShellLaunch.of("'x';'ü'", Carrier.FRAMED, 8_000);

    for (int i = 0; i < launch.frame().length; i++) {
      assertEquals(1, process(launch.arguments(), Arrays.copyOf(launch.frame(), i)).exitCode());
    }

    assertEquals(List.of(), powerShell.scripts());
    assertEquals(0, process(launch.arguments(), launch.frame()).exitCode());
    assertEquals("'x';'ü'", powerShell.scripts().get(0).text());
  }

  @Test
  void anUnmatchedScriptFailsLoudlyThroughTheConnection() {
    powerShell.whenScriptContains("Get-VM").thenReturn(NOTHING);

    AssertionError error =
        assertThrows(AssertionError.class, () -> connection.runScript("Get-Date"));

    assertTrue(
        error.getMessage().startsWith("no rule for the script of 8 characters"),
        error.getMessage());
    assertTrue(error.getMessage().contains("script contains \"Get-VM\""), error.getMessage());
  }

  @Test
  void aFailureOfARuleBreaksTheSession() {
    SessionDroppedException failure =
        new SessionDroppedException(
            new Origin("scripted", "", Phase.RUN), ScriptState.MAY_HAVE_RUN, "gone", null);
    powerShell.whenScriptContains("x").thenFail(failure);

    assertSame(
        failure, assertThrows(SessionDroppedException.class, () -> connection.runScript("x")));
  }

  @Test
  void aTimeoutKillsTheProcess() {
    powerShell.whenScriptContains("x").after(LONG).thenReturn(NOTHING);
    Script script = Script.of("x").withTimeout(Duration.ofMillis(20));

    ConnectionTimeoutException timeout =
        assertThrows(ConnectionTimeoutException.class, () -> connection.runScript(script));

    assertEquals(Termination.CONFIRMED, timeout.termination());
    assertEquals(0, powerShell.openProcesses());
  }

  @Test
  void aTimeoutKillsAProcessThatWaitsForItsInput() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    powerShell.whenScript("one with input", script -> inputBytes(script).length > 0);
    Script script =
        Script.of("x").withTimeout(Duration.ofMillis(20)).withInput(() -> endless(never));

    ConnectionTimeoutException timeout =
        assertThrows(ConnectionTimeoutException.class, () -> connection.runScript(script));

    assertEquals(Termination.CONFIRMED, timeout.termination());
    never.countDown();
  }

  private static InputStream endless(CountDownLatch end) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        try {
          end.await();
          return -1;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  @Test
  void aProcessThatIgnoresItsKillIsNotSaidToHaveEnded() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    powerShell.whenScriptContains("x").thenAnswer(script -> stubborn(release));
    PowerShellLaunch launch = PowerShellLaunch.of("x", Carrier.INLINE, 8_000);

    try (RemoteProcess process =
        powerShell.transport().start(launch.arguments(), new Deaf(), Deadline.none())) {
      Waiting.until(() -> powerShell.openProcesses() == 1);
      assertFalse(process.kill(Duration.ofMillis(5)));
      release.countDown();
      assertEquals(9, process.exitCode().get());
      assertTrue(process.kill(Duration.ofMillis(5)));
    }
  }

  private static Result stubborn(CountDownLatch release) {
    boolean released = false;
    while (!released) {
      try {
        release.await();
        released = true;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
    return Result.of(9, "", "");
  }

  private static final class Deaf implements OutputSink {
    @Override
    public void stdout(byte[] buffer, int offset, int length) {}

    @Override
    public void stderr(byte[] buffer, int offset, int length) {}
  }

  @Test
  void processesRunBesideEachOtherAndAreCounted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    powerShell
        .whenScriptContains("x")
        .thenAnswer(
            script -> {
              go.await();
              return Result.of(0, script.text(), "");
            });

    List<CompletableFuture<String>> calls =
        IntStream.range(0, 3).mapToObj(i -> runInBackground("x" + i)).toList();
    Waiting.until(() -> powerShell.openProcesses() == 3);
    go.countDown();

    for (int i = 0; i < 3; i++) {
      assertEquals("x" + i, calls.get(i).get());
    }
    assertEquals(0, powerShell.openProcesses());
  }

  private CompletableFuture<String> runInBackground(String script) {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                outcome.complete(connection.runScript(script).stdout());
              } catch (IOException | InterruptedException | RuntimeException | Error e) {
                outcome.completeExceptionally(e);
              }
            })
        .start();
    return outcome;
  }

  @Test
  void closingTheConnectionEndsItsProcesses() throws Exception {
    powerShell.whenScriptContains("x").after(LONG).thenReturn(NOTHING);
    CompletableFuture<String> call = runInBackground("x");
    Waiting.until(() -> powerShell.openProcesses() == 1);

    connection.close();

    ExecutionException failure = assertThrows(ExecutionException.class, call::get);
    assertTrue(failure.getCause() instanceof SessionDroppedException, failure.toString());
    assertEquals(0, powerShell.openProcesses());
  }

  @Test
  void aHealthCheckIsAnsweredUnlessARuleTakesIt() throws Exception {
    Health usual = connection.healthcheck();
    powerShell.whenScriptContains("PSEdition").thenReturn(Result.of(0, "5.1\nDesktop\nW\n", ""));

    assertEquals("7.6.0", usual.powerShellVersion());
    assertEquals("Desktop", connection.healthcheck().edition());
  }

  @Test
  void filesAreCopiedUnlessARuleSaysOtherwise(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a"), "content");
    Origin origin = new Origin("scripted", "", Phase.COPY);
    powerShell.whenCopyTo("full").thenFail(() -> new FileCopyException(origin, "no room", null));

    connection.streamFile(source, "C:\\a");

    assertEquals("content", powerShell.copies().get(0).text());
    assertThrows(FileCopyException.class, () -> connection.streamFile(source, "C:\\full\\a"));
  }

  @Test
  void aLaunchThatAnnouncesItselfWritesAnIdFirst() throws Exception {
    powerShell.whenScriptContains("x").thenReturn(Result.of(1, "", "oops"));
    powerShell.writeErrorsAs(ErrorFormat.RAW);

    String one = announced("x").stderr();
    String other = announced("x").stderr();

    assertTrue(one.matches("PSCONNECT-PID \\d+\noops"), one);
    assertNotEquals(one, other);
  }

  private Ended announced(String script) throws Exception {
    PowerShellLaunch launch = PowerShellLaunch.announcing(script, Carrier.FRAMED, 30_000);
    return process(launch.arguments(), launch.frame());
  }

  @Test
  void theScriptThatEndsATreeEndsTheProcessWithItsId() throws Exception {
    powerShell.whenScriptContains("x").after(Duration.ofDays(1)).thenReturn(NOTHING);
    PowerShellLaunch launch = PowerShellLaunch.announcing("x", Carrier.INLINE, 30_000);
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread process = new Thread(() -> end.complete(endOf(launch, stderr)));
    process.start();
    Waiting.until(() -> !powerShell.scripts().isEmpty());
    long id = Long.parseLong(stderr.toString(UTF_8).replaceAll("\\D", ""));

    assertEquals(0, process(ProcessTreeEnd.script(id + 1, Duration.ZERO)).exitCode());
    assertEquals(1, powerShell.openProcesses());
    assertEquals(0, process(ProcessTreeEnd.script(id, Duration.ZERO)).exitCode());

    assertEquals(0, powerShell.openProcesses());
    assertEquals(InterruptedException.class, end.get().getClass());
    assertEquals(1, powerShell.scripts().size());
    process.join();
  }

  private Throwable endOf(PowerShellLaunch launch, ByteArrayOutputStream stderr) {
    return assertThrows(
        InterruptedException.class,
        () ->
            powerShell.run(
                launch.arguments(),
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                stderr));
  }

  @Test
  void aReceiverTakesAFileAndPrintsItsDigest() throws Exception {
    byte[] content = "text".repeat(1000).getBytes(UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);

    Ended ended = receive("C:\\it's\\here.txt", content, digest);

    assertEquals(0, ended.exitCode(), ended.stderr());
    assertEquals(HexFormat.of().formatHex(digest) + " 4000\r\n", ended.stdout());
    RecordedCopy copy = powerShell.copies().get(0);
    assertEquals("C:\\it's\\here.txt", copy.target());
    assertArrayEquals(content, copy.content());
    assertFalse(Files.exists(copy.source()));
    assertEquals(List.of(), powerShell.scripts());
  }

  private Ended receive(String target, byte[] content, byte[] trailer) throws Exception {
    PowerShellLaunch launch =
        PowerShellLaunch.of(FileReceiver.script(target), Carrier.FRAMED, 30_000);
    ByteArrayOutputStream stdin = new ByteArrayOutputStream();
    stdin.write(launch.frame());
    stdin.write(content);
    stdin.write(trailer);
    return process(launch.arguments(), stdin.toByteArray());
  }

  @Test
  void aReceiverRefusesAFileThatDidNotArriveWhole() throws Exception {
    for (int length : new int[] {0, 31, 32}) {
      Ended ended = receive("/x", new byte[0], new byte[length]);

      assertEquals(1, ended.exitCode());
      assertEquals("its bytes did not arrive whole, 0 came\r\n", ended.stderr());
    }
    assertEquals(List.of(), powerShell.copies());
  }

  @Test
  void aReceiverFailsAsTheRuleForTheCopySays() throws Exception {
    powerShell
        .whenCopyTo("/full")
        .thenFail(
            () ->
                new FileCopyException(
                    new Origin("scripted", "", Phase.COPY), "no space left", null));

    Ended ended = receive("/full/x", new byte[0], MessageDigest.getInstance("SHA-256").digest());

    assertEquals(1, ended.exitCode());
    assertTrue(ended.stderr().contains("no space left"), ended.stderr());
  }
}
