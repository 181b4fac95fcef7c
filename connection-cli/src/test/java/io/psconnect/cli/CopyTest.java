package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.FileCopyException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.testkit.FakeConnection;
import io.psconnect.testkit.FakeRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code copy}, on a backend that only pretends. */
@Timeout(60)
class CopyTest {
  private static final Origin ORIGIN = new Origin("pretend", "build01", Phase.COPY);

  /** A terminal that shows standard error. */
  private static final Tty WATCHED =
      new Tty() {
        @Override
        public OptionalInt errorColumns() {
          return OptionalInt.of(80);
        }

        @Override
        public Optional<char[]> readSecret(String question) {
          return Optional.empty();
        }
      };

  @TempDir Path folder;

  private final FakeRunner runner = new FakeRunner();
  private final FakeConnection connection = new FakeConnection("pretend", runner);
  private String file;

  @BeforeEach
  void writeFile() throws IOException {
    file = Files.writeString(folder.resolve("notes.txt"), "some notes").toString();
  }

  private Outcome copy(String... arguments) throws IOException {
    return copy(Tty.NONE, arguments);
  }

  private Outcome copy(Tty tty, String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "copy";
    all[1] = file;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return PretendBackend.with(connection, folder, () -> Outcome.of(tty, Map.of(), all));
  }

  private String failure(ConnectionException failure, int exitCode) throws IOException {
    runner.whenCopyTo("x").thenFail(failure);
    return copy("pretend://build01/C:/x").error(exitCode);
  }

  @Test
  void theFileGoesToThePathThatTheTargetNames() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    Outcome outcome = copy("pretend://me@build01:22/C:/folder/notes.txt?a=b");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("C:/folder/notes.txt", runner.copies().get(0).target());
    assertEquals("some notes", runner.copies().get(0).text());
    assertEquals("pretend://me@build01", PretendBackend.uri().toString());
  }

  @Test
  void hostAndPathCanBeGivenApart() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    Outcome outcome = copy("--url", "pretend://me@build01", "--to", "/tmp/what?%41");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("/tmp/what?%41", runner.copies().get(0).target());
  }

  @Test
  void theTimeoutIsTheCopys() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    assertEquals(0, copy("pretend:/tmp/x", "--timeout", "90s").exitCode());
    assertEquals(Optional.of(Duration.ofSeconds(90)), runner.copies().get(0).copy().timeout());
  }

  @Test
  void aTimeThatIsUpHasItsExitCodeAndTheTargetItsFate() throws IOException {
    runner.whenCopyTo("x").after(Duration.ofMinutes(5)).thenSucceed();
    String error = copy("pretend:/tmp/x", "--timeout", "10ms").error(75);
    assertTrue(error.contains("/tmp/x") && error.contains("is as it was"), error);
  }

  @Test
  void nothingIsShownWhereStandardErrorIsNoTerminal() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    Outcome outcome = copy("pretend:/tmp/x");
    assertEquals("", outcome.out() + outcome.err());
  }

  @Test
  void aBarIsShownOnATerminal() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    Outcome outcome = copy(WATCHED, "pretend:/tmp/x");
    assertEquals(0, outcome.exitCode());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains("\rnotes.txt 100% ["), outcome.err());
  }

  @Test
  void anErrorComesAfterTheBarOnALineOfItsOwn() throws IOException {
    runner.whenCopyTo("x").thenFail(new FileCopyException(ORIGIN, "the disk is full", null));
    Outcome outcome = copy(WATCHED, "pretend:/tmp/x");
    assertTrue(outcome.err().startsWith("connection: "), outcome.err());
  }

  @Test
  void aFileThatTheHostWouldNotHaveLeavesTheTargetAsItWas() throws IOException {
    assertEquals(
        "pretend build01, copying a file: the disk is full; the target is as it was",
        failure(new FileCopyException(ORIGIN, "the disk is full", null), 73));
  }

  @Test
  void aSessionThatBreaksBeforeAllIsSentLeavesTheTargetAsItWas() throws IOException {
    String error =
        failure(
            new SessionDroppedException(
                ORIGIN, ScriptState.MAY_HAVE_RUN, "the session broke", null),
            74);
    assertTrue(error.endsWith("the session broke; C:/x is as it was"), error);
  }

  @Test
  void aSessionThatBreaksLaterLeavesItOldOrNew() {
    Transfer transfer = new Transfer();
    transfer.toldTo((transferred, total) -> {}).onProgress(10, 10);
    SessionDroppedException broken =
        new SessionDroppedException(ORIGIN, ScriptState.MAY_HAVE_RUN, "it broke", null);
    assertTrue(
        new UnfinishedCopyException(broken, "C:/x", transfer)
            .getMessage()
            .endsWith("it broke; C:/x is either as it was or the whole new file"));
  }

  @Test
  void interruptionTellsWhatBecameOfTheTarget() throws IOException {
    runner.whenCopyTo("x").after(Duration.ofMinutes(5)).thenSucceed();
    Thread caller = Thread.currentThread();
    Thread interrupter = new Thread(() -> interruptWhenWaiting(caller));
    interrupter.start();
    String error = copy("pretend:/tmp/x").error(130);
    assertTrue(error.contains("/tmp/x") && error.contains("is as it was"), error);
  }

  @Test
  void interruptionThatSaysNothingIsCalledSo() {
    assertEquals(
        "interrupted; C:/x is as it was",
        new UnfinishedCopyException(new InterruptedException(), "C:/x", new Transfer())
            .getMessage());
  }

  private static void interruptWhenWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
  }

  @Test
  void aHostThatIsNotThereHasItsExitCode() throws IOException {
    connection.failOpenWith(new UnreachableException(ORIGIN, "nobody listens", null));
    assertTrue(copy("pretend:/tmp/x").error(69).contains("nobody listens"));
  }

  @Test
  void theConnectionIsClosed() throws IOException {
    runner.whenCopyTo("/").thenSucceed();
    copy("pretend:/tmp/x");
    assertFalse(connection.isOpen());
    assertEquals(1, connection.timesClosed());
  }

  @Test
  void aTargetIsNeeded() throws IOException {
    assertTrue(copy().error(64).startsWith("name the target once: as TARGET, or by --to"));
  }

  @Test
  void aTargetIsNeededOnce() throws IOException {
    assertTrue(copy("pretend:/x", "--to", "/y").error(64).startsWith("name the target once"));
    assertTrue(
        copy("pretend:/x", "--url", "pretend:").error(64).startsWith("TARGET names the host"));
  }

  @Test
  void aFolderIsNoTarget() throws IOException {
    assertTrue(
        copy("pretend:/tmp/")
            .error(64)
            .contains("must be the absolute path of a file on the host"));
  }

  @Test
  void aFileThatIsNotThereIsNamedWithWhereItWasLookedFor() {
    assertEquals(
        "file 'nope.txt' does not exist; looked for " + Path.of("nope.txt").toAbsolutePath(),
        Outcome.of("copy", "nope.txt", "local:/tmp/x").error(66));
  }

  @Test
  void aFolderIsNoFile() {
    assertEquals(
        "file '%s' is a directory; name a file in it".formatted(folder),
        Outcome.of("copy", folder.toString(), "local:/tmp/x").error(66));
  }

  @Test
  void aBackendThatIsNotThereIsNamedWithThoseThatAre() {
    String error = Outcome.of("copy", file, "locl:/tmp/x").error(69);
    assertTrue(error.contains("no backend 'locl'. Found: local, ssh, winrm."), error);
  }

  @Test
  void anOptionThatTheBackendDoesNotHaveIsNamed() {
    String error = Outcome.of("copy", file, "local:/tmp/x?nope=1").error(64);
    assertTrue(error.startsWith("backend 'local' has no option 'nope'; it has: "), error);
  }
}
