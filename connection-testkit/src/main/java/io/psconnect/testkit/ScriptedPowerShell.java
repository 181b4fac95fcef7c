package io.psconnect.testkit;

import io.psconnect.Connection;
import io.psconnect.ConnectionException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.powershell.FileReceiver;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import io.psconnect.spi.PowerShellConnection;
import io.psconnect.spi.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A PowerShell that runs nothing: it is started with the arguments and the standard input that a
 * real one gets, finds the script in them, answers by rules (see {@linkplain io.psconnect.testkit
 * which rule answers}) and writes what PowerShell would write.
 *
 * <p>{@link #run} is the process alone, for hosts that offer it over a protocol of theirs; {@link
 * #connection()} runs the whole launch contract over it in this process:
 *
 * <pre>{@code
 * ScriptedPowerShell powerShell = new ScriptedPowerShell();
 * powerShell.whenScriptContains("Get-Date").thenReturn(Result.of(0, "Monday\r\n", ""));
 * try (Connection connection = powerShell.connection()) {
 *   connection.open();
 *   connection.runScript("Get-Date");
 * }
 * }</pre>
 *
 * <p>Rules find standard input as the script's input; it is read when one of them asks for it, and
 * left alone otherwise. The script of a health check is answered unless a rule takes it. Safe for
 * use by many threads.
 */
public final class ScriptedPowerShell {
  /** The backend's id of its connections. */
  public static final String BACKEND = "scripted";

  private final ScriptRules rules = new ScriptRules();
  private final FakeRunner files = new FakeRunner();
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final ScriptedProcesses processes = new ScriptedProcesses();
  private volatile ErrorFormat errorFormat = ErrorFormat.CLIXML;

  /** A PowerShell that knows no script but that of the health check. */
  public ScriptedPowerShell() {
    whenScript("the health check", script -> script.text().contains("$PSVersionTable.PSVersion"))
        .thenReturn(Result.of(0, "7.6.0\r\nCore\r\nScripted 1.0\r\n", ""));
  }

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
   * @param description what such a script is, for messages: "the nightly job"
   * @param predicate called by the threads of the processes, whenever no substring fits
   * @return the rule, which needs an answer
   */
  public ScriptRule whenScript(String description, Predicate<? super Script> predicate) {
    return rules.when(description, predicate);
  }

  /**
   * A rule for the file copies in whose target path this stands. Copies without a rule succeed.
   *
   * @param part at least one character, compared as it is, case included
   * @return the rule, which needs an answer
   * @throws IllegalArgumentException if the part is empty
   */
  public CopyRule whenCopyTo(String part) {
    return files.whenCopyTo(part);
  }

  /**
   * How error text is written from now on.
   *
   * @param format the default is {@link ErrorFormat#CLIXML}
   * @return this
   */
  public ScriptedPowerShell writeErrorsAs(ErrorFormat format) {
    errorFormat = Objects.requireNonNull(format, "format");
    return this;
  }

  /**
   * One PowerShell process, from its start to its end, in the thread of the caller. To kill it,
   * interrupt the thread.
   *
   * <p>A launch that {@linkplain PowerShellLaunch#announcing announces} its process writes an
   * invented id first. The scripts that this project's backends send by themselves need no rule: a
   * {@link FileReceiver} takes the file from standard input, as the rules for copies say, and
   * {@link ProcessTreeEnd} interrupts the process with that id and waits for its end.
   *
   * @param arguments what follows the path of PowerShell on the command line
   * @param stdin read as far as the script's frame, and beyond it if a rule asks for the input; not
   *     closed
   * @param stdout gets the output; flushed, not closed
   * @param stderr gets the error text; flushed, not closed
   * @return the exit code: the rule's; 64 if there is no script in the arguments, 1 if standard
   *     input ends before the script does
   * @throws ConnectionException if the rule says so: the host then breaks the session
   * @throws IOException if a stream fails
   * @throws InterruptedException if the thread was interrupted while the rule waited
   * @throws AssertionError if no rule fits the script
   */
  public int run(
      List<String> arguments, InputStream stdin, OutputStream stdout, OutputStream stderr)
      throws IOException, InterruptedException {
    long id = processes.begin();
    try {
      announce(id, arguments, stderr);
      return answer(read(arguments, stdin), stdin, stdout, stderr);
    } catch (LaunchException e) {
      write(errorBytes(Result.of(e.exitCode(), "", e.getMessage())), stderr);
      return e.exitCode();
    } finally {
      processes.end(id);
    }
  }

  private static void announce(long id, List<String> arguments, OutputStream stderr)
      throws IOException, LaunchException {
    if (LaunchedScript.isAnnouncing(arguments)) {
      write("PSCONNECT-PID %d\n".formatted(id).getBytes(StandardCharsets.US_ASCII), stderr);
    }
  }

  private static Script read(List<String> arguments, InputStream stdin)
      throws IOException, LaunchException {
    String text = LaunchedScript.read(arguments, stdin);
    return Script.of(text).withInput(new ReadOnce(stdin));
  }

  private int answer(Script script, InputStream stdin, OutputStream stdout, OutputStream stderr)
      throws IOException, InterruptedException {
    OptionalLong doomed = ProcessTreeEnd.processId(script.text());
    if (doomed.isPresent()) {
      return processes.kill(doomed.getAsLong()) ? 0 : 1;
    }
    Optional<String> target = ReceivedFile.target(script.text());
    return target.isPresent()
        ? receive(target.get(), stdin, stdout, stderr)
        : answerByRule(script, stdout, stderr);
  }

  private int receive(String target, InputStream stdin, OutputStream stdout, OutputStream stderr)
      throws IOException, InterruptedException {
    try (ReceivedFile file = ReceivedFile.read(stdin)) {
      if (!file.isWhole()) {
        throw new IllegalArgumentException(
            "its bytes did not arrive whole, %d came".formatted(file.size()));
      }
      copyFile(FileCopy.of(file.path(), target));
      write(file.receipt().getBytes(StandardCharsets.US_ASCII), stdout);
      return 0;
    } catch (FileCopyException | IllegalArgumentException e) {
      write((e.getMessage() + "\r\n").getBytes(StandardCharsets.UTF_8), stderr);
      return 1;
    }
  }

  private int answerByRule(Script script, OutputStream stdout, OutputStream stderr)
      throws IOException, InterruptedException {
    scripts.add(script);
    Reply<ScriptAnswer> reply = rules.replyTo(script);
    TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(reply.delay()));
    Result result = reply.answer().answer(script);
    write(result.stdoutBytes(), stdout);
    write(errorBytes(result), stderr);
    return result.exitCode();
  }

  private byte[] errorBytes(Result result) {
    return errorFormat == ErrorFormat.CLIXML
        ? CliXmlErrors.encode(result.stderr())
        : result.stderrBytes();
  }

  private static void write(byte[] bytes, OutputStream stream) throws IOException {
    stream.write(bytes);
    stream.flush();
  }

  void copyFile(FileCopy copy) throws ConnectionException, InterruptedException {
    files.streamFile(copy, new Session(BACKEND));
  }

  /**
   * This PowerShell as a backend's transport, which takes file copies too.
   *
   * @return a new one, for one connection
   */
  public Transport transport() {
    return new ScriptedTransport(this);
  }

  /**
   * A connection to this PowerShell, by the whole launch contract, without leaving this process.
   *
   * @return a new one, not open yet; a script may take five minutes unless it says otherwise
   */
  public Connection connection() {
    return new PowerShellConnection(transport(), Duration.ofMinutes(5));
  }

  /**
   * The scripts that processes were started for, those that no rule fitted included; without those
   * that receive files or end processes.
   *
   * @return in the order of their starts; the input of one can be read if a rule has read it
   */
  public List<Script> scripts() {
    return List.copyOf(scripts);
  }

  /**
   * The files that were copied, failed copies included: by {@link #transport()}, or by a {@link
   * FileReceiver} that got all of its bytes. What that one names as the source is gone.
   *
   * @return in the order in which the copies began
   */
  public List<RecordedCopy> copies() {
    return files.copies();
  }

  /**
   * How many processes have been started and have not ended.
   *
   * @return zero when nothing has been left behind
   */
  public int openProcesses() {
    return processes.open();
  }

  @Override
  public String toString() {
    return "ScriptedPowerShell[%d scripts, %d processes open]"
        .formatted(scripts.size(), openProcesses());
  }
}
