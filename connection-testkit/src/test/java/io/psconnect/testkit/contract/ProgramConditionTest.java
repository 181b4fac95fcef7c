package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;

class ProgramConditionTest {
  @TempDir Path folder;

  @BeforeEach
  void putProgramAndPlainFileInTheFolder() throws IOException {
    assertTrue(Files.createFile(folder.resolve("program")).toFile().setExecutable(true));
    Files.createFile(folder.resolve("file"));
  }

  private ConditionEvaluationResult decide(Set<String> required, String... programs) {
    List<String> path = List.of("/nowhere", folder.toString());
    return new ProgramCondition(path, required).decide(List.of(programs));
  }

  @Test
  void testIsRunWhereTheProgramIsOnPath() {
    assertFalse(decide(Set.of(), "program").isDisabled());
  }

  @Test
  void testIsSkippedWhereOneOfTheProgramsIsMissing() {
    ConditionEvaluationResult result = decide(Set.of(), "program", "wine");
    assertTrue(result.isDisabled());
    assertEquals(
        "wine is not on PATH (on Debian: apt-get install --no-install-recommends wine wine64)",
        result.getReason().orElseThrow());
  }

  @Test
  void fileThatCannotBeExecutedIsNoProgram() {
    assertTrue(decide(Set.of(), "file").isDisabled());
  }

  @Test
  void missingProgramThatIsRequiredIsFailure() {
    ExtensionConfigurationException failure =
        assertThrows(
            ExtensionConfigurationException.class, () -> decide(Set.of("wine"), "pwsh", "wine"));
    assertTrue(failure.getMessage().contains("pwsh is not on PATH"), failure.getMessage());
    assertTrue(failure.getMessage().endsWith("PSCONNECT_REQUIRE demands it"), failure.getMessage());
  }

  @Test
  void programThatIsRequiredAndThereIsFine() {
    assertFalse(decide(Set.of("program"), "program").isDisabled());
  }
}
