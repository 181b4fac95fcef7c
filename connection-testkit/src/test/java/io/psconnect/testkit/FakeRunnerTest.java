package io.psconnect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.OutputListener;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.Termination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FakeRunnerTest {
  private static final Origin ORIGIN = new Origin("ssh", "build01:22", Phase.RUN);
  private static final Duration LONG = Duration.ofDays(1);

  private final FakeRunner runner = new FakeRunner();

  private static Result stdout(String text) {
    return Result.of(0, text, "");
  }

  @Test
  void aScriptThatContainsTheSubstringGetsItsAnswer() throws Exception {
    Result answer = Result.of(3, "out", "err");
    runner.whenScriptContains("Get-VM").thenReturn(answer);

    assertSame(answer, runner.runScript("Get-VM -Name build01"));
  }

  @Test
  void theLongestSubstringWinsWhateverTheOrder() throws Exception {
    runner.whenScriptContains("Get-VM").thenReturn(stdout("short"));
    runner.whenScriptContains("Get-VM -Name b").thenReturn(stdout("long"));
    runner.whenScriptContains("Get-").thenReturn(stdout("shortest"));

    assertEquals("long", runner.runScript("Get-VM -Name build01").stdout());
    assertEquals("short", runner.runScript("Get-VM -Name a").stdout());
    assertEquals("shortest", runner.runScript("Get-Date").stdout());
  }

  @Test
  void ofSubstringsOfOneLengthTheLastOneWins() throws Exception {
    runner.whenScriptContains("Get-").thenReturn(stdout("first"));
    runner.whenScriptContains("Date").thenReturn(stdout("second"));
    runner.whenScriptContains("Get-").thenReturn(stdout("third"));

    assertEquals("third", runner.runScript("Get-Date").stdout());
  }

  @Test
  void aPredicateIsAskedOnlyWhereNoSubstringFits() throws Exception {
    runner.whenScriptContains("G").thenReturn(stdout("substring"));
    AtomicInteger asked = new AtomicInteger();
    runner.whenScript(script -> asked.incrementAndGet() > 0).thenReturn(stdout("predicate"));

    assertEquals("substring", runner.runScript("Get-Date").stdout());
    assertEquals(0, asked.get());
    assertEquals("predicate", runner.runScript("whoami").stdout());
  }

  @Test
  void ofPredicatesTheLastOneThatHoldsWins() throws Exception {
    runner.whenScript(script -> true).thenReturn(stdout("first"));
    runner.whenScript(script -> true).thenReturn(stdout("second"));
    runner.whenScript(script -> false).thenReturn(stdout("third"));

    assertEquals("second", runner.runScript("x").stdout());
  }

  @Test
  void aPredicateCanReadTheInputAndSoCanTheAnswer() throws Exception {
    runner
        .whenScript("a deletion", script -> FakeRunner.inputOf(script).startsWith("delete"))
        .thenAnswer(script -> stdout(FakeRunner.inputOf(script).toUpperCase(Locale.ROOT)));

    assertEquals("DELETE Ü", runner.runScript(Script.of("x").withInput("delete ü")).stdout());
    assertThrows(AssertionError.class, () -> runner.runScript(Script.of("x").withInput("keep ü")));
  }

  @Test
  void answersAreGivenInTurnAndTheLastOneStays() throws Exception {
    runner
        .whenScriptContains("x")
        .thenReturn(stdout("1"))
        .thenFail(new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "gone", null))
        .thenReturn(stdout("3"));

    assertEquals("1", runner.runScript("x").stdout());
    assertThrows(SessionDroppedException.class, () -> runner.runScript("x"));
    assertEquals("3", runner.runScript("x").stdout());
    assertEquals("3", runner.runScript("x").stdout());
  }

  @ParameterizedTest
  @EnumSource(ScriptState.class)
  void anExceptionComesOutWithTheScriptStateThatItWasMadeWith(ScriptState state) {
    ConnectionException failure = new ConnectionException(ORIGIN, state, "no", null);
    runner.whenScriptContains("x").thenFail(failure);

    ConnectionException thrown =
        assertThrows(ConnectionException.class, () -> runner.runScript("x"));

    assertSame(failure, thrown);
    assertEquals(state, thrown.scriptState());
  }

  @Test
  void aSupplierMakesANewExceptionForEachCall() {
    runner
        .whenScriptContains("x")
        .thenFail(() -> new ConnectionException(ORIGIN, ScriptState.NOT_STARTED, "no", null));

    ConnectionException one = assertThrows(ConnectionException.class, () -> runner.runScript("x"));
    ConnectionException two = assertThrows(ConnectionException.class, () -> runner.runScript("x"));

    assertNotSame(one, two);
  }

  @Test
  void anUnmatchedScriptFailsAndSaysHowItBeginsAndWhatWasRegistered() {
    runner.whenScriptContains("Get-VM").thenReturn(stdout(""));
    runner.whenScript("the nightly job", script -> false).thenReturn(stdout(""));

    AssertionError error =
        assertThrows(AssertionError.class, () -> runner.runScript("Get-Date\r\n\"x\""));

    assertEquals(
        """
        no rule for the script of 13 characters that begins "Get-Date\\r\\n\\"x\\""
        Registered:\s
          script contains "Get-VM"
          script is the nightly job""",
        error.getMessage());
  }

  @Test
  void anUnmatchedLongScriptIsShownByItsBeginningAlone() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> runner.runScript("a".repeat(119) + "bcd"));

    assertTrue(
        error
            .getMessage()
            .startsWith(
                "no rule for the script of 122 characters that begins \""
                    + "a".repeat(119)
                    + "b\"...\nRegistered: none; add one, such as whenScriptContains(\"...\")"),
        error.getMessage());
  }

  @Test
  void aRuleWithoutAnAnswerSaysSo() {
    runner.whenScriptContains("Get-VM");

    AssertionError error = assertThrows(AssertionError.class, () -> runner.runScript("Get-VM"));

    assertEquals("the rule 'script contains \"Get-VM\"' has no answer", error.getMessage());
  }

  @Test
  void aDelayLongerThanTheScriptsTimeoutEndsAsOnARealHost() {
    runner.whenScriptContains("x").after(LONG).thenReturn(stdout("never"));
    Script script = Script.of("x").withTimeout(Duration.ofMillis(1));

    ConnectionTimeoutException timeout =
        assertThrows(ConnectionTimeoutException.class, () -> runner.runScript(script));

    assertEquals(ScriptState.MAY_HAVE_RUN, timeout.scriptState());
    assertEquals(Termination.CONFIRMED, timeout.termination());
    assertEquals(
        "fake, running the script: did not end within 1 ms; allow more time if it needs it; "
            + Termination.CONFIRMED.description(),
        timeout.getMessage());
  }

  @Test
  void aDelayIsWaitedForAndHoldsForOneAnswer() throws Exception {
    Duration delay = Duration.ofMillis(30);
    runner
        .whenScriptContains("x")
        .after(delay)
        .thenReturn(stdout("late"))
        .thenAnswer(script -> stdout(script.timeout().isPresent() ? "at once" : "?"));
    long start = System.nanoTime();

    String late = runner.runScript(Script.of("x").withTimeout(LONG)).stdout();

    assertEquals("late", late);
    assertTrue(System.nanoTime() - start >= delay.toNanos());
    Script impatient = Script.of("x").withTimeout(Duration.ofNanos(1));
    assertEquals("at once", runner.runScript(impatient).stdout());
  }

  @Test
  void interruptionEndsADelay() throws Exception {
    runner.whenScriptContains("x").after(LONG).thenReturn(stdout("never"));

    InterruptedException interrupted = interruptedCall();

    assertEquals(
        "fake, running the script: interrupted; " + Termination.CONFIRMED.description(),
        interrupted.getMessage());
  }

  private InterruptedException interruptedCall() throws Exception {
    List<InterruptedException> seen = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                runner.runScript("x");
              } catch (InterruptedException e) {
                seen.add(e);
              } catch (ConnectionException e) {
                throw new AssertionError(e);
              }
            });
    thread.start();
    Waiting.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    thread.interrupt();
    thread.join();
    return seen.get(0);
  }

  @Test
  void aThreadThatIsInterruptedAlreadyStartsNothing() {
    runner.whenScriptContains("x").thenReturn(stdout(""));
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> runner.runScript("x"));
    assertEquals(List.of(), runner.scripts());
  }

  @Test
  void aNegativeDelayAndAnEmptySubstringAreRefused() {
    ScriptRule rule = runner.whenScriptContains("x");

    assertEquals(
        "delay is PT-1S; it must be zero or more",
        assertThrows(IllegalArgumentException.class, () -> rule.after(Duration.ofSeconds(-1)))
            .getMessage());
    assertEquals(
        "part is empty; it must have at least one character of the script",
        assertThrows(IllegalArgumentException.class, () -> runner.whenScriptContains(""))
            .getMessage());
  }

  @Test
  void theListenerIsToldOfBothOutputs() throws Exception {
    StringBuilder told = new StringBuilder();
    OutputListener listener =
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            told.append("stdout=").append(UTF_8.decode(chunk)).append(';');
          }

          @Override
          public void onStderr(ByteBuffer chunk) {
            told.append("stderr=").append(UTF_8.decode(chunk)).append(';');
          }
        };
    runner.whenScriptContains("x").thenReturn(Result.of(0, "ü", "é")).thenReturn(stdout(""));

    runner.runScript(Script.of("x").withListener(listener));
    runner.runScript(Script.of("x").withListener(listener));

    assertEquals("stdout=ü;stderr=é;", told.toString());
  }

  @Test
  void outputOverTheScriptsLimitIsCutOff() throws Exception {
    runner.whenScriptContains("x").thenReturn(Result.of(7, "12345", "ab"));

    Result cut = runner.runScript(Script.of("x").withOutputLimit(3));

    assertEquals(List.of("123", "ab"), List.of(cut.stdout(), cut.stderr()));
    assertEquals(7, cut.exitCode());
    assertTrue(cut.truncated());
  }

  @Test
  void inputThatCannotBeReadFailsBeforeAnythingIsStarted() {
    runner.whenScriptContains("x").thenReturn(stdout(""));
    Script script =
        Script.of("x")
            .withInput(
                () -> {
                  throw new IOException("no such share");
                });

    ConnectionException failure =
        assertThrows(ConnectionException.class, () -> runner.runScript(script));

    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertEquals(
        "fake, running the script: the script's input cannot be read: no such share",
        failure.getMessage());
    assertEquals(List.of(), runner.scripts());
  }

  @Test
  void callsAreRecordedInTheirOrderThoseThatFailIncluded(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a.txt"), "content");
    runner.whenScriptContains("x").thenReturn(stdout(""));
    runner.runScript(Script.of("x").withInput("in"));
    runner.streamFile(source, "C:\\a.txt");
    assertThrows(AssertionError.class, () -> runner.runScript("other"));

    List<RecordedCall> calls = runner.calls();

    assertEquals(3, calls.size());
    assertEquals(runner.copies().get(0), calls.get(1));
    assertEquals(List.of("x", "other"), runner.scripts().stream().map(Script::text).toList());
    assertEquals("in", FakeRunner.inputOf(runner.scripts().get(0)));
  }

  @Test
  void clearingForgetsTheCallsAndKeepsTheRules() throws Exception {
    runner.whenScriptContains("x").thenReturn(stdout("1")).thenReturn(stdout("2"));
    runner.runScript("x");

    runner.clearCalls();

    assertEquals(List.of(), runner.calls());
    assertEquals("2", runner.runScript("x").stdout());
  }

  @Test
  void aCopyIsRecordedWithTheContentThatTheFileHadThen(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a.txt"), "ü then");

    runner.streamFile(source, "C:\\a.txt");
    Files.delete(source);

    RecordedCopy copy = runner.copies().get(0);
    assertEquals(source, copy.source());
    assertEquals("C:\\a.txt", copy.target());
    assertEquals(7, copy.size());
    assertEquals("ü then", copy.text());
    assertArrayEquals("ü then".getBytes(UTF_8), copy.content());
  }

  @Test
  void aCopyReportsProgressByTheMegabyteAndAnEmptyFileOnce(@TempDir Path folder) throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[(2 << 20) + 5]);
    Path empty = Files.createFile(folder.resolve("empty"));

    assertEquals(List.of(1L << 20, 2L << 20, (2L << 20) + 5), progressOf(large));
    assertEquals(List.of(0L), progressOf(empty));
  }

  private List<Long> progressOf(Path source) throws Exception {
    List<Long> progress = new ArrayList<>();
    runner.streamFile(
        FileCopy.of(source, "/x").withListener((transferred, total) -> progress.add(transferred)));
    return progress;
  }

  @Test
  void theContentOfAHugeFileIsNotKept(@TempDir Path folder) throws Exception {
    Path huge = Files.write(folder.resolve("huge"), new byte[RecordedCopy.CONTENT_LIMIT + 1]);

    runner.streamFile(huge, "/x");

    RecordedCopy copy = runner.copies().get(0);
    assertEquals(RecordedCopy.CONTENT_LIMIT + 1, copy.size());
    IllegalStateException error = assertThrows(IllegalStateException.class, copy::content);
    assertTrue(error.getMessage().contains("it has 16777217 bytes"), error.getMessage());
  }

  @Test
  void aCopyFailsWhereARuleSaysSoBeforeAnyProgress(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a.txt"), "x");
    List<Long> progress = new ArrayList<>();
    Origin origin = new Origin("ssh", "build01:22", Phase.COPY);
    runner
        .whenCopyTo("\\full\\")
        .thenFail(() -> new FileCopyException(origin, "disk is full", null))
        .thenSucceed();
    FileCopy copy =
        FileCopy.of(source, "C:\\full\\a.txt").withListener((done, total) -> progress.add(done));

    assertThrows(FileCopyException.class, () -> runner.streamFile(copy));
    assertEquals(List.of(), progress);
    runner.streamFile(copy);
    assertEquals(List.of(1L), progress);
    runner.streamFile(source, "C:\\empty\\a.txt");
    assertEquals(3, runner.copies().size());
  }

  @Test
  void aDelayedCopyObeysItsTimeout(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("a.txt"), "x");
    runner.whenCopyTo("a.txt").after(LONG).thenSucceed();
    FileCopy copy = FileCopy.of(source, "C:\\a.txt").withTimeout(Duration.ofMillis(1));

    ConnectionTimeoutException timeout =
        assertThrows(ConnectionTimeoutException.class, () -> runner.streamFile(copy));

    assertEquals(ScriptState.NOT_STARTED, timeout.scriptState());
    assertEquals(
        "fake, copying a file: C:\\a.txt was not copied within 1 ms and is as it was; "
            + Termination.NOT_NEEDED.description(),
        timeout.getMessage());
  }

  @Test
  void aThousandAnswersGoToAThousandCallsOfManyThreadsEachOnce() throws Exception {
    int count = 1_000;
    ScriptRule rule = runner.whenScriptContains("x");
    IntStream.range(0, count).forEach(i -> rule.thenReturn(Result.of(i, "", "")));
    Set<Integer> seen = ConcurrentHashMap.newKeySet();

    inThreads(16, count, () -> seen.add(runner.runScript("x").exitCode()));

    assertEquals(count, seen.size());
    assertEquals(count, runner.calls().size());
  }

  @Test
  void rulesCanBeAddedWhileCallsAreUnderWay() throws Exception {
    AtomicInteger next = new AtomicInteger();

    inThreads(
        8,
        400,
        () -> {
          String script = "script " + next.getAndIncrement() + ";";
          runner.whenScriptContains(script).thenReturn(stdout(script));
          assertEquals(script, runner.runScript(script).stdout());
        });

    assertEquals(400, runner.scripts().size());
  }

  @Test
  void callsWaitBesideEachOther() throws Exception {
    CountDownLatch allThere = new CountDownLatch(4);
    runner
        .whenScriptContains("x")
        .thenAnswer(
            script -> {
              allThere.countDown();
              allThere.await();
              return stdout("");
            });

    inThreads(4, 4, () -> runner.runScript("x"));

    assertEquals(0, allThere.getCount());
  }

  @FunctionalInterface
  private interface Action {
    void run() throws Exception;
  }

  private static void inThreads(int threads, int times, Action action) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        futures.add(
            pool.submit(
                () -> {
                  action.run();
                  return null;
                }));
      }
      for (Future<?> future : futures) {
        future.get(20, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
