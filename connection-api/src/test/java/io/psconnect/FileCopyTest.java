package io.psconnect;

import static io.psconnect.Refusals.assertNullRefused;
import static io.psconnect.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCopyTest {
  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void makeSource() throws Exception {
    source = Files.writeString(folder.resolve("source"), "x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\x",
        "c:/x",
        "/C:/x",
        "\\\\server\\share\\x",
        "C:\\'\u2018\u2019\u201A\u201B\\[x] $ü日"
      })
  void windowsPathsAreTaken(String target) {
    FileCopy copy = FileCopy.of(source, target);
    assertEquals(target, copy.target());
    assertTrue(copy.hasWindowsTarget());
  }

  @Test
  void unixPathIsTaken() {
    assertFalse(FileCopy.of(source, "/tmp/'x'").hasWindowsTarget());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "x", "..\\x", "~/x", "C:", "C:x", "C:\\", "/", "/tmp/", "C:\\x\\", "\\x", "\\\\"
      })
  void relativePathsAndFoldersAreRefused(String target) {
    assertRefused(
        "target '%s' must be the absolute path of a file on the host, C:\\folder\\file or /folder/file"
            .formatted(target),
        () -> FileCopy.of(source, target));
  }

  @Test
  void nulCharacterInATargetIsRefused() {
    assertRefused(
        "target '/a\uFFFDb' must be the absolute path of a file on the host, C:\\folder\\file or /folder/file",
        () -> FileCopy.of(source, "/a\0b"));
  }

  @Test
  void missingSourceIsRefused() {
    Path missing = folder.resolve("missing");
    assertRefused("source %s does not exist".formatted(missing), () -> FileCopy.of(missing, "/x"));
  }

  @Test
  void directoryAsASourceIsRefused() {
    assertRefused(
        "source %s is a directory; only a file can be copied".formatted(folder),
        () -> FileCopy.of(folder, "/x"));
  }

  @Test
  void timeoutOfZeroIsRefused() {
    assertRefused(
        "timeout is PT0S; it must be more than zero",
        () -> FileCopy.of(source, "/x").withTimeout(Duration.ZERO));
  }

  @Test
  void nullsAreRefusedByName() {
    assertNullRefused("source", () -> FileCopy.of(null, "/x"));
    assertNullRefused("target", () -> FileCopy.of(source, null));
    assertNullRefused("listener", () -> FileCopy.of(source, "/x").withListener(null));
  }
}
