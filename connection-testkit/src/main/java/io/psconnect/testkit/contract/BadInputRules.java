package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.FileCopy;
import io.psconnect.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;

/** What cannot be right is refused by name, before anything starts. */
public interface BadInputRules extends ContractRules {

  /**
   * No script.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(id = "BAD-01", reason = "A null that travels fails far from where it was made.")
  default void nullScriptIsRefusedByName() throws Exception {
    assertRefused(
        NullPointerException.class, "script", () -> host().connection().runScript((Script) null));
  }

  /**
   * An empty script.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "BAD-02",
      reason = "PowerShell answers an empty command with a usage text and 64.")
  default void emptyScriptIsRefused() throws Exception {
    assertRefused(
        IllegalArgumentException.class, "script is empty", () -> host().connection().runScript(""));
  }

  /**
   * No file copy.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(id = "BAD-03", reason = "A null that travels fails far from where it was made.")
  default void nullCopyIsRefusedByName() throws Exception {
    assertRefused(
        NullPointerException.class, "copy", () -> host().connection().streamFile((FileCopy) null));
  }

  /**
   * A directory as the source of a copy.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "BAD-04",
      reason = "Some libraries copy a folder as an empty file and report success.")
  default void directoryIsNoSource() throws Exception {
    Path folder = Files.createTempDirectory("psconnect-contract");
    try {
      String target = host().join(host().newFolder(), "a");
      assertRefused(
          IllegalArgumentException.class,
          folder + " is a directory",
          () -> host().connection().streamFile(folder, target));
    } finally {
      Files.delete(folder);
    }
  }

  /**
   * A relative target.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "BAD-05",
      reason =
          "Relative to what? Each transport starts in another folder: home, system32, a shell's.")
  default void relativeTargetIsRefused() throws Exception {
    TestFile file = TestFile.random(host(), 1);
    assertRefused(
        IllegalArgumentException.class,
        "absolute path",
        () -> host().connection().streamFile(file.path(), "a.bin"));
  }

  private static void assertRefused(
      Class<? extends RuntimeException> type, String part, Executable call) {
    String message = "" + assertThrows(type, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
