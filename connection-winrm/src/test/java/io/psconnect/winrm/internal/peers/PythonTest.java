package io.psconnect.winrm.internal.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

@Timeout(30)
class PythonTest {
  @TempDir private Path folder;

  @Test
  void aTestWhoseModuleIsMissingIsSkippedAndSaysWhatToInstall() {
    TestAbortedException e =
        assertThrows(TestAbortedException.class, () -> Python.require("nosuchmodule"));
    assertTrue(e.getMessage().contains("python3-nosuchmodule"), e.getMessage());
  }

  @Test
  void aScriptAnswersLineByLineAndKnowsItsEnvironment() throws IOException {
    Python.require("sys");
    Path script =
        Files.writeString(
            folder.resolve("echo.py"),
            """
            import os, sys
            for line in sys.stdin:
                print(os.environ["NAME"] + line, end="", flush=True)
            """);
    try (Python python = Python.start(script, Map.of("NAME", "u "))) {
      assertEquals("u one", python.ask("one"));
      assertEquals("u two", python.ask("two"));
    }
  }

  @Test
  void aScriptThatHasEndedDoesNotLeaveTheTestWaiting() throws IOException {
    Python.require("sys");
    Path script = Files.writeString(folder.resolve("end.py"), "input()\n");
    try (Python python = Python.start(script, Map.of())) {
      assertThrows(IOException.class, () -> python.ask("one"));
    }
  }
}
