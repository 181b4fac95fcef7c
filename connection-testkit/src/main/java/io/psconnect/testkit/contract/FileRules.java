package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionTimeoutException;
import io.psconnect.FileCopy;
import io.psconnect.FileCopyException;
import io.psconnect.ScriptState;
import io.psconnect.TransferListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A file arrives whole, or not at all. */
public interface FileRules extends ContractRules {

  /**
   * Every byte arrives.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-01",
      reason = "Uploads by text drop or change bytes; only a digest taken on the host shows it.")
  default void fileArrivesByteForByte() throws Exception {
    TestFile file = TestFile.random(host(), 3_000_001);
    String target = host().join(host().existingFolder(), "a.bin");
    host().connection().streamFile(file.path(), target);
    assertEquals(file.sha256(), host().sha256(target));
  }

  /**
   * Missing folders are made.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-02",
      reason = "The first thing that a deployment copies goes to a folder that is not there yet.")
  default void missingParentFoldersAreMade() throws Exception {
    TestFile file = TestFile.random(host(), 10);
    String target = host().join(host().join(host().newFolder(), "new"), "a.bin");
    host().connection().streamFile(file.path(), target);
    assertEquals(file.sha256(), host().sha256(target));
  }

  /**
   * A file that is there is replaced, a longer one too.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-03",
      reason = "Writing over a longer file leaves its tail; appending doubles what is there.")
  default void existingFileIsReplaced() throws Exception {
    TestFile first = TestFile.random(host(), 5000);
    TestFile second = TestFile.random(host(), 70);
    String target = host().join(host().existingFolder(), "a.bin");
    host().connection().streamFile(first.path(), target);
    host().connection().streamFile(second.path(), target);
    assertEquals(second.sha256(), host().sha256(target));
  }

  /**
   * A file may be empty.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-04",
      reason = "Loops that send while there are bytes never make the file that has none.")
  default void emptyFileArrives() throws Exception {
    TestFile file = TestFile.of(host(), new byte[0]);
    String target = host().join(host().existingFolder(), "a.bin");
    List<Long> seen = new ArrayList<>();
    host()
        .connection()
        .streamFile(
            FileCopy.of(file.path(), target)
                .withListener((transferred, total) -> seen.add(transferred)));
    assertEquals(file.sha256(), host().sha256(target));
    assertEquals(List.of(0L), seen, "progress");
  }

  /**
   * Progress goes up and ends at the file's size.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-05",
      reason = "A progress bar that jumps back, or stops at 99 percent, looks like a failure.")
  default void progressGoesUpAndEndsAtTheTotal() throws Exception {
    TestFile file = TestFile.random(host(), 2_500_000);
    List<Long> seen = new ArrayList<>();
    TransferListener listener =
        (transferred, total) -> {
          assertEquals(2_500_000, total, "total");
          seen.add(transferred);
        };
    host().connection().streamFile(inNewFolder(file.path()).withListener(listener));
    assertEquals(seen.stream().sorted().toList(), seen, "progress");
    assertFalse(seen.isEmpty(), "there was no progress");
    assertEquals(2_500_000, seen.get(seen.size() - 1), "the last progress");
  }

  private FileCopy inNewFolder(Path source) {
    return FileCopy.of(source, host().join(host().newFolder(), "a.bin"));
  }

  /**
   * A folder is not replaced by a file.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-06",
      reason = "A target that lacks the file name must not destroy a folder, or land inside it.")
  default void folderIsNoTarget() throws Exception {
    TestFile file = TestFile.random(host(), 10);
    String folder = host().existingFolder();
    String target = host().join(folder, "taken");
    said("$null = [IO.Directory]::CreateDirectory(%s)", target);
    FileCopyException failure =
        assertThrows(
            FileCopyException.class, () -> host().connection().streamFile(file.path(), target));
    assertTrue(failure.getMessage().contains(target), failure.getMessage());
    assertEquals("0", said("[IO.Directory]::GetFileSystemEntries(%s).Length", target));
    assertEquals(1, host().entries(folder), "entries beside the folder");
  }

  private String said(String script, String path) throws Exception {
    return host().said(script.formatted(ContractHost.literal(path)));
  }

  /**
   * Where the host refuses, the error says which path.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-07",
      reason = "A copy that fails without an error is a deployment of the version before.")
  default void copyToWhereNoFolderCanBeIsRefused() throws Exception {
    TestFile file = TestFile.random(host(), 10);
    String folder = host().existingFolder();
    String inTheWay = host().join(folder, "file");
    said("[IO.File]::WriteAllText(%s, 'in the way')", inTheWay);
    String target = host().join(inTheWay, "a.bin");
    FileCopyException failure =
        assertThrows(
            FileCopyException.class, () -> host().connection().streamFile(file.path(), target));
    assertTrue(failure.getMessage().contains(target), failure.getMessage());
    assertEquals("in the way", said("[IO.File]::ReadAllText(%s)", inTheWay));
    assertEquals(1, host().entries(folder), "entries in the folder");
  }

  /**
   * A copy that fails on the way leaves the target as it was, and nothing beside it.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-08",
      reason = "Half a file under the real name is loaded by whoever looks next.")
  default void failureOnTheWayLeavesTheTargetAsItWas() throws Exception {
    ReplacedFile file = new ReplacedFile(host());
    TransferListener listener =
        (transferred, total) -> {
          throw new UnsupportedOperationException("seen enough");
        };
    RuntimeException failure =
        assertThrows(
            UnsupportedOperationException.class,
            () -> host().connection().streamFile(file.copy().withListener(listener)));
    assertEquals("seen enough", failure.getMessage());
    file.assertUntouched();
  }

  /**
   * An interrupted copy leaves the target as it was, and nothing beside it.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-09",
      reason = "Cancelling an upload must be safe, or nobody can give large files a cancel button.")
  default void interruptedCopyLeavesTheTargetAsItWas() throws Exception {
    ReplacedFile file = new ReplacedFile(host());
    Thread[] caller = new Thread[1];
    FileCopy copy = file.copy().withListener((transferred, total) -> interruptAndWait(caller[0]));
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              caller[0] = Thread.currentThread();
              host().connection().streamFile(copy);
              return true;
            });
    call.failure(InterruptedException.class, host().patience());
    file.assertUntouched();
  }

  /** Gives the interruption time to be seen, if others than the caller copy: some 60 times over. */
  private static void interruptAndWait(Thread caller) {
    caller.interrupt();
    try {
      if (Thread.currentThread() != caller) {
        caller.join(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A copy that takes too long ends, and leaves the target as it was.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-10",
      reason = "Uploads without a deadline hang for hours: packer#4806, rundeck#6011.")
  default void copyThatTakesTooLongLeavesTheTargetAsItWas() throws Exception {
    ReplacedFile file = new ReplacedFile(host());
    long deadline = System.nanoTime() + Duration.ofMillis(1600).toNanos();
    FileCopy copy =
        file.copy()
            .withTimeout(Duration.ofMillis(1500))
            .withListener((transferred, total) -> waitUntil(deadline));
    BackgroundCall<Boolean> call =
        BackgroundCall.start(
            () -> {
              host().connection().streamFile(copy);
              return true;
            });
    ConnectionTimeoutException failure =
        call.failure(ConnectionTimeoutException.class, host().patience());
    assertTrue(failure.getMessage().contains("1500 ms"), failure.getMessage());
    file.assertUntouched();
  }

  private static void waitUntil(long nanoTime) {
    while (System.nanoTime() < nanoTime) {
      LockSupport.parkNanos(nanoTime - System.nanoTime());
    }
  }

  /**
   * Of copies to one target at once, one is there whole.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-11",
      reason = "Two deployments at once must not mix: a temporary name is nobody else's.")
  default void copiesToOneTargetDoNotMix() throws Exception {
    String folder = host().existingFolder();
    String target = host().join(folder, "a.bin");
    List<BackgroundCall<String>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TestFile file = TestFile.random(host(), 400_000 + i);
      calls.add(
          BackgroundCall.start(
              () -> {
                host().connection().streamFile(file.path(), target);
                return file.sha256();
              }));
    }
    List<String> digests = new ArrayList<>();
    for (BackgroundCall<String> call : calls) {
      digests.add(call.answer(host().patience()));
    }
    assertTrue(digests.contains(host().sha256(target)), "the file is none of those copied");
    assertEquals(1, host().entries(folder), "entries in the folder");
  }

  /**
   * The error of a copy tells that no script ran.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "FILE-12",
      reason = "Who reads NOT_STARTED tries again; after a failed copy that is safe.")
  default void failedCopyMayBeTriedAgain() throws Exception {
    TestFile file = TestFile.of(host(), "x".getBytes(StandardCharsets.UTF_8));
    String target = host().join(host().existingFolder(), "taken");
    said("$null = [IO.Directory]::CreateDirectory(%s)", target);
    FileCopyException failure =
        assertThrows(
            FileCopyException.class, () -> host().connection().streamFile(file.path(), target));
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    said("[IO.Directory]::Delete(%s)", target);
    host().connection().streamFile(file.path(), target);
    assertEquals(file.sha256(), host().sha256(target));
  }
}
