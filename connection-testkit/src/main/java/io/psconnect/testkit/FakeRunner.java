package io.psconnect.testkit;

import io.psconnect.ConnectionException;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.DurationText;
import io.psconnect.FileCopy;
import io.psconnect.Phase;
import io.psconnect.Result;
import io.psconnect.Runner;
import io.psconnect.Script;
import io.psconnect.ScriptInput;
import io.psconnect.ScriptState;
import io.psconnect.Termination;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A {@link Runner} without a host, for unit tests. Scripts are answered by rules (see {@linkplain
 * io.psconnect.testkit which rule answers}), file copies succeed unless a rule says otherwise, and
 * every call is recorded.
 *
 * <pre>{@code
 * FakeRunner runner = new FakeRunner();
 * runner.whenScriptContains("Get-VM").thenReturn(Result.of(0, "build01\n", ""));
 * runner.whenScriptContains("Restart-VM").after(ofMillis(200)).thenReturn(Result.of(1, "", "busy"));
 * runner.whenCopyTo("setup.msi").thenFail(() -> new FileCopyException(...));
 * }</pre>
 *
 * <p>A call reads the script's whole input and keeps it, and tells the script's listener of the
 * output; output over the script's limit is cut off. A script without a timeout of its own may take
 * any time. Safe for use by many threads.
 */
public final class FakeRunner implements Runner {
  /** What exceptions made here name as the backend. */
  public static final String BACKEND = "fake";

  private final ScriptRules rules = new ScriptRules();
  private final FakeFiles files = new FakeFiles();
  private final Session session = new Session(BACKEND);
  private final Queue<RecordedCall> calls = new ConcurrentLinkedQueue<>();

  /** A fake without rules, to which every script is unexpected. */
  public FakeRunner() {}

  /**
   * A rule for the scripts in whose text this stands.
   *
   * @param part at least one character, compared as it is, case included
   * @return the rule, which needs an answer
   * @throws IllegalArgumentException if the part is empty
   */
  public ScriptRule whenScriptContains(String part) {
    return rules.whenContains(part);
  }

  /**
   * A rule for the scripts for which this holds and to which no substring is registered.
   *
   * @param predicate called by the threads of the calls, whenever no substring fits
   * @return the rule, which needs an answer
   */
  public ScriptRule whenScript(Predicate<? super Script> predicate) {
    return whenScript("one that a predicate takes", predicate);
  }

  /**
   * A rule for the scripts for which this holds and to which no substring is registered.
   *
   * @param description what such a script is, for messages: "the nightly job"
   * @param predicate called by the threads of the calls, whenever no substring fits
   * @return the rule, which needs an answer
   */
  public ScriptRule whenScript(String description, Predicate<? super Script> predicate) {
    return rules.when(description, predicate);
  }

  /**
   * A rule for the file copies in whose target path this stands: the longest such part decides,
   * among equals the last.
   *
   * @param part at least one character, compared as it is, case included; the whole path will do
   * @return the rule, which needs an answer
   * @throws IllegalArgumentException if the part is empty
   */
  public CopyRule whenCopyTo(String part) {
    return files.whenCopyTo(part);
  }

  @Override
  public Result runScript(Script script) throws ConnectionException, InterruptedException {
    return runScript(Objects.requireNonNull(script, "script"), session);
  }

  Result runScript(Script script, Session session)
      throws ConnectionException, InterruptedException {
    requireNotInterrupted(session, Phase.RUN);
    Script read = withInputRead(script, session);
    calls.add(new RecordedScript(read));
    Reply<ScriptAnswer> reply = rules.replyTo(read);
    await(reply.delay(), script, session);
    return delivered(script, reply.answer().answer(read));
  }

  private static void requireNotInterrupted(Session session, Phase phase)
      throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException(session.origin(phase) + ": interrupted; nothing was started");
    }
  }

  private static Script withInputRead(Script script, Session session) throws ConnectionException {
    if (script.input() == ScriptInput.empty()) {
      return script;
    }
    try (InputStream input = script.input().open()) {
      return script.withInput(input.readAllBytes());
    } catch (IOException e) {
      throw new ConnectionException(
          session.origin(Phase.RUN),
          ScriptState.NOT_STARTED,
          "the script's input cannot be read: " + e.getMessage(),
          e);
    }
  }

  private static void await(Duration delay, Script script, Session session)
      throws ConnectionException, InterruptedException {
    try {
      if (!session.await(delay, script.timeout(), Phase.RUN, ScriptState.MAY_HAVE_RUN)) {
        throw timedOut(script, session);
      }
    } catch (InterruptedException e) {
      throw new InterruptedException(
          "%s: interrupted; %s"
              .formatted(session.origin(Phase.RUN), Termination.CONFIRMED.description()));
    }
  }

  private static ConnectionTimeoutException timedOut(Script script, Session session) {
    return new ConnectionTimeoutException(
        session.origin(Phase.RUN),
        ScriptState.MAY_HAVE_RUN,
        Termination.CONFIRMED,
        "did not end within %s; allow more time if it needs it"
            .formatted(DurationText.of(script.timeout().orElseThrow())));
  }

  private static Result delivered(Script script, Result result) {
    byte[] stdout = result.stdoutBytes();
    byte[] stderr = result.stderrBytes();
    tell(stdout, script.listener()::onStdout);
    tell(stderr, script.listener()::onStderr);
    int limit = script.outputLimit();
    return Math.max(stdout.length, stderr.length) <= limit
        ? result
        : Result.ofBytes(
            result.exitCode(), start(stdout, limit), start(stderr, limit), result.duration(), true);
  }

  private static void tell(byte[] output, Consumer<ByteBuffer> listener) {
    if (output.length > 0) {
      listener.accept(ByteBuffer.wrap(output).asReadOnlyBuffer());
    }
  }

  private static byte[] start(byte[] output, int limit) {
    return output.length <= limit ? output : Arrays.copyOf(output, limit);
  }

  @Override
  public void streamFile(FileCopy copy) throws ConnectionException, InterruptedException {
    streamFile(Objects.requireNonNull(copy, "copy"), session);
  }

  void streamFile(FileCopy copy, Session session) throws ConnectionException, InterruptedException {
    requireNotInterrupted(session, Phase.COPY);
    RecordedCopy recorded = FakeFiles.read(copy, session);
    calls.add(recorded);
    files.copy(recorded, session);
  }

  /**
   * All calls, those that failed included.
   *
   * @return in the order in which they began
   */
  public List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  /**
   * The scripts that were to be run, those that failed or that no rule fitted included.
   *
   * @return in the order in which their calls began
   */
  public List<Script> scripts() {
    return only(RecordedScript.class).stream().map(RecordedScript::script).toList();
  }

  /**
   * The files that were to be copied, those that failed included.
   *
   * @return in the order in which their calls began
   */
  public List<RecordedCopy> copies() {
    return only(RecordedCopy.class);
  }

  private <T extends RecordedCall> List<T> only(Class<T> kind) {
    return calls.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Forgets the calls so far. The rules stay, and so does what each of them answers next. */
  public void clearCalls() {
    calls.clear();
  }

  /**
   * A script's input as text, for rules and assertions.
   *
   * @param script whose input is read as UTF-8; other bytes become U+FFFD
   * @return the text, empty if there is no input
   * @throws UncheckedIOException if the input cannot be read
   */
  public static String inputOf(Script script) {
    try (InputStream input = script.input().open()) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the script's input cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return "FakeRunner[%d calls]".formatted(calls.size());
  }
}
